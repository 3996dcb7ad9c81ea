package dev.kleos.iam.planfile;

/// There is no plan file where one was looked for. A usage error; the message says what was looked
/// for and what to do.
public final class NoPlanException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoPlanException(String message) {
    super(message);
  }
}
