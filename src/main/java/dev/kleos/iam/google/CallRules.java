package dev.kleos.iam.google;

import com.google.api.core.ApiFunction;
import com.google.api.gax.rpc.UnaryCallSettings;
import java.time.Duration;

/// How long a call may take, set on every method that is used: by the libraries' own defaults some
/// wait for ever (Cloud Run's policies, patching an account).
///
/// The libraries retry nothing: which calls are made again, and when, is one rule for all of them,
/// in [dev.kleos.iam.cloud.RetryingCloud]. Channels are told so too (`disableRetry`): gRPC over
/// okhttp sends each call once more by itself that a connection was lost with, writes too, which
/// nobody counts.
final class CallRules {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private CallRules() {}

  /// For `applyToAllUnaryMethods`.
  @SuppressWarnings("NullAway") // The function's answer is a Void, of which null is the only one.
  static ApiFunction<UnaryCallSettings.Builder<?, ?>, Void> everyMethod() {
    return settings -> {
      settings.setSimpleTimeoutNoRetriesDuration(TIMEOUT);
      return null;
    };
  }
}
