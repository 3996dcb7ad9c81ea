package dev.kleos.iam.cloud;

import dev.kleos.iam.model.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

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

    private final Reason reason;
    private final String api;
    private final String consumer;

    /// For want of a permission.
    public Denied(Failure failure) {
      this(failure, Reason.PERMISSION, "", "");
    }

    /// @param api the API that is switched off, such as `run.googleapis.com`; empty where that is
    ///   not the reason, or Google does not say
    /// @param consumer the project that the call was counted for, by its id or number; empty where
    ///   Google does not say, or it is gcloud's own
    public Denied(Failure failure, Reason reason, String api, String consumer) {
      super(failure);
      this.reason = reason;
      this.api = api;
      this.consumer = consumer;
    }

    /// What Google gives as the reason.
    public Reason reason() {
      return reason;
    }

    /// The API that is switched off; empty where none is named.
    public String api() {
      return api;
    }

    /// The project in which an API is to be enabled: calls need not be counted for the one that
    /// they are about. Empty where none is named.
    public String consumer() {
      return consumer;
    }

    /// Why a call is denied. Source: `google.rpc.ErrorInfo` and the reasons in
    /// `error_reason.proto`.
    public enum Reason {
      PERMISSION,
      /// The project that the call is counted for does not use the API.
      API_DISABLED,
      /// The project that calls are counted for is missing, or not the caller's to use.
      QUOTA_PROJECT,
      /// A perimeter of VPC Service Controls.
      PERIMETER
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

  /// No usable answer for now: the network, a fault on Google's side, or too many calls a minute.
  /// The same call may be answered later.
  public static final class Transient extends CloudException {
    private static final long serialVersionUID = 1L;

    /// Whoever asks for more has a quota of accounts a project in mind, or of calls a day: where a
    /// project may have no more accounts, Google asks to wait 86,401 s (**recorded**).
    public static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private static final Set<String> SILENCE = Set.of("UNAVAILABLE", "DEADLINE_EXCEEDED");

    private final transient Optional<Duration> retryAfter;

    /// @param retryAfter how long Google asks to wait; empty where it does not say
    public Transient(Failure failure, Optional<Duration> retryAfter) {
      super(failure);
      this.retryAfter = retryAfter;
    }

    /// How long Google asks to wait.
    public Optional<Duration> retryAfter() {
      return retryAfter;
    }

    /// Whether Google says that it did nothing, because it is asked too often.
    boolean isRefusal() {
      return failure().code().equals("RESOURCE_EXHAUSTED");
    }

    /// Whether it may be that nobody was reached.
    boolean isSilence() {
      return SILENCE.contains(failure().code());
    }

    /// The same with a sentence more.
    Transient with(String sentence) {
      var told = new Transient(failure().withSentence(sentence), retryAfter);
      told.initCause(this);
      return told;
    }
  }

  /// No usable answer, and none to be had by asking again: credentials, an exhausted quota, an
  /// answer that does not make sense.
  public static final class Unavailable extends CloudException {
    private static final long serialVersionUID = 1L;

    public Unavailable(Failure failure) {
      super(failure);
    }
  }
}
