package dev.kleos.iam.planfile;

/// A plan file cannot be edited so that the result is exactly what was meant. The file is as it
/// was; the message says what to do by hand.
public final class UneditableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UneditableException(String message) {
    super(message);
  }
}
