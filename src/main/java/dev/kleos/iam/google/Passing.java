package dev.kleos.iam.google;

import com.google.api.gax.rpc.ApiException;
import com.google.rpc.RetryInfo;
import dev.kleos.iam.cloud.CloudException.Transient;
import dev.kleos.iam.model.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which errors pass by themselves, so that the same call may be answered later.
final class Passing {
  /// What gRPC makes of an answer that no gRPC server gave: it knows 502, 503 and 504, and calls
  /// any other server error UNKNOWN.
  private static final Pattern SERVER_ERROR = Pattern.compile("HTTP status code 5\\d\\d");

  /// Source: the description of `google.protobuf.Duration`.
  private static final long LONGEST_SECONDS = 315_576_000_000L;

  private static final int MOST_NANOS = 999_999_999;

  private Passing() {}

  /// Whether it passes; asked where the code alone may mean that.
  static boolean is(ApiException e, Call call, Failure failure) {
    return switch (e.getStatusCode().getCode()) {
      case UNKNOWN -> SERVER_ERROR.matcher(failure.message()).find();
      case RESOURCE_EXHAUSTED ->
          !call.permission().equals("iam.serviceAccounts.create") || isRate(e, failure.message());
      default -> true;
    };
  }

  /// How long Google asks to wait, and never longer than a duration of its can be.
  static Optional<Duration> retryAfter(ApiException e) {
    return Details.retry(e)
        .map(RetryInfo::getRetryDelay)
        .map(delay ->
            Duration.ofSeconds(
                Math.clamp(delay.getSeconds(), 0, LONGEST_SECONDS),
                Math.clamp(delay.getNanos(), 0, MOST_NANOS)));
  }

  /// Whether the project has as many accounts as it may.
  static boolean isQuotaOfAccounts(String text) {
    return text.contains("Maximum number of service accounts");
  }

  /// Whether a creation was one call too many a minute, and not one account too many.
  private static boolean isRate(ApiException e, String text) {
    var isSaid =
        Details.info(e).filter(info -> info.getReason().equals("RATE_LIMIT_EXCEEDED")).isPresent();
    var isShort =
        retryAfter(e).filter(wait -> wait.compareTo(Transient.LONGEST_WAIT) <= 0).isPresent();
    return !isQuotaOfAccounts(text) && (isSaid || isShort);
  }
}
