package dev.kleos.iam.cloud;

import dev.kleos.iam.model.Failure;

/// A call that Google refused or did not answer. A stale etag is not among them: it is an answer,
/// [Policies.Conflict].
public abstract sealed class CloudException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  private CloudException(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  /// What to tell an admin.
  public Failure failure() {
    return failure;
  }

  /// The resource is not there.
  public static final class NotFound extends CloudException {
    private static final long serialVersionUID = 1L;

    public NotFound(Failure failure) {
      super(failure);
    }
  }

  /// The resource to be created is there already.
  public static final class AlreadyExists extends CloudException {
    private static final long serialVersionUID = 1L;

    public AlreadyExists(Failure failure) {
      super(failure);
    }
  }

  /// The caller may not, or the resource is hidden from it.
  public static final class Denied extends CloudException {
    private static final long serialVersionUID = 1L;

    public Denied(Failure failure) {
      super(failure);
    }
  }

  /// Google does not accept what was asked for: a member that it does not know, a role that does
  /// not fit, an organization policy.
  public static final class Rejected extends CloudException {
    private static final long serialVersionUID = 1L;

    public Rejected(Failure failure) {
      super(failure);
    }
  }

  /// No usable answer: network, credentials, quota, or a fault on Google's side.
  public static final class Unavailable extends CloudException {
    private static final long serialVersionUID = 1L;

    public Unavailable(Failure failure) {
      super(failure);
    }
  }
}
