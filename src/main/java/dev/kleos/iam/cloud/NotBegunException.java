package dev.kleos.iam.cloud;

/// An interrupt came while a call waited for its turn: nothing of it was sent.
public final class NotBegunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotBegunException(InterruptedException cause) {
    super("interrupted before the call began", cause);
  }
}
