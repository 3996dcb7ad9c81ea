package dev.kleos.iam.applier;

import dev.kleos.iam.model.Failure;

/// Something could not be written down, and so may not be done.
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /// @param failure what is in the way, where, and what to do
  public JournalException(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  /// What to tell an admin.
  public Failure failure() {
    return failure;
  }
}
