package dev.kleos.iam.google;

import com.google.api.core.ApiFunction;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.api.gax.rpc.UnaryCallSettings;
import java.time.Duration;
import java.util.Set;

/// Timeouts and retries, set on every method that is used: the libraries' own defaults never retry
/// a policy call, and wait for ever on some (Cloud Run's policies, patching an account).
///
/// Which codes: 500, 502, 503 and 504 as Google's documentation says, and 429. A write of a policy
/// may be repeated because its etag guards it: if the lost answer was a yes, the repetition is a
/// conflict, and the policy is read again. A repeated creation finds that the account exists, and a
/// repeated patch says the same again.
final class CallRules {
  private static final Set<Code> TRANSIENT =
      Set.of(Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.INTERNAL, Code.RESOURCE_EXHAUSTED);

  /// Without 429: there it means that the project's quota of accounts is used up, for a day.
  private static final Set<Code> TRANSIENT_FOR_CREATION =
      Set.of(Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.INTERNAL);

  /// Long enough for a passing fault, short enough for a person who forgot to plug the cable in.
  private static final RetrySettings RETRIES =
      RetrySettings.newBuilder()
          .setInitialRpcTimeoutDuration(Duration.ofSeconds(10))
          .setMaxRpcTimeoutDuration(Duration.ofSeconds(10))
          .setRpcTimeoutMultiplier(1)
          .setInitialRetryDelayDuration(Duration.ofMillis(500))
          .setRetryDelayMultiplier(2)
          .setMaxRetryDelayDuration(Duration.ofSeconds(8))
          .setTotalTimeoutDuration(Duration.ofSeconds(25))
          .build();

  private CallRules() {}

  /// For `applyToAllUnaryMethods`.
  @SuppressWarnings("NullAway") // The function's answer is a Void, of which null is the only one.
  static ApiFunction<UnaryCallSettings.Builder<?, ?>, Void> everyMethod() {
    return settings -> {
      settings.setRetrySettings(RETRIES).setRetryableCodes(TRANSIENT);
      return null;
    };
  }

  static void creation(UnaryCallSettings.Builder<?, ?> settings) {
    settings.setRetrySettings(RETRIES).setRetryableCodes(TRANSIENT_FOR_CREATION);
  }
}
