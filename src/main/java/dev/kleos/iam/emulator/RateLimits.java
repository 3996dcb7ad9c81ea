package dev.kleos.iam.emulator;

import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Help;
import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Refuses calls beyond a quota, counted for each API and each project that consumes it. The window
/// slides (**assumed**), which is the strictest that Google's can be; calls that are refused do not
/// count (**assumed**).
final class RateLimits {
  /// What changes nothing that others see; tokens are made, and counted, as reads (**assumed**).
  private static final Pattern READ = Pattern.compile(".*/(Get|List|Query|Test|Generate|Sign).*");

  private final RateQuota quota;
  private final Clock clock;
  private final Map<Counter, Deque<Instant>> counted = new HashMap<>();

  RateLimits(RateQuota quota, Clock clock) {
    this.quota = quota;
    this.clock = clock;
  }

  /// Counts a call, or refuses it.
  ///
  /// @param method the full gRPC method
  /// @param consumer the number of the project whose quota it is, or what the caller calls it
  /// @throws StatusRuntimeException `RESOURCE_EXHAUSTED`, for one call too many
  void admit(String method, String consumer) {
    var counter = new Counter(ApiHosts.of(method), READ.matcher(method).matches(), consumer);
    if (!isAdmitted(counter)) {
      throw exceeded(counter);
    }
  }

  private synchronized boolean isAdmitted(Counter counter) {
    var calls = counted.computeIfAbsent(counter, _ -> new ArrayDeque<>());
    var now = clock.instant();
    var begin = now.minus(quota.window());
    while (!calls.isEmpty() && !calls.getFirst().isAfter(begin)) {
      calls.removeFirst();
    }
    if (calls.size() >= limit(counter)) {
      return false;
    }
    calls.addLast(now);
    return true;
  }

  private int limit(Counter counter) {
    return counter.isRead ? quota.reads() : quota.writes();
  }

  /// **Recorded**: the text and all of the details, for other APIs of Google's. That IAM names its
  /// metrics and limits like these is **assumed**.
  private StatusRuntimeException exceeded(Counter counter) {
    var kind = counter.isRead ? "Read" : "Write";
    var info =
        ErrorInfo.newBuilder()
            .setReason("RATE_LIMIT_EXCEEDED")
            .setDomain("googleapis.com")
            .putMetadata("service", counter.api)
            .putMetadata("consumer", "projects/" + counter.consumer)
            .putMetadata(
                "quota_metric",
                counter.api + (counter.isRead ? "/read_requests" : "/write_requests"))
            .putMetadata("quota_limit", kind + "RequestsPerMinutePerProject")
            .putMetadata("quota_limit_value", String.valueOf(limit(counter)))
            .putMetadata("quota_location", "global")
            .putMetadata("quota_unit", "1/min/{project}")
            .build();
    var help =
        Help.newBuilder()
            .addLinks(
                Help.Link.newBuilder()
                    .setDescription("Request a higher quota limit.")
                    .setUrl("https://cloud.google.com/docs/quotas/help/request_increase"))
            .build();
    var text =
        "Quota exceeded for quota metric '%1$s requests' and limit '%1$s requests per minute' of service '%2$s' for consumer 'project_number:%3$s'."
            .formatted(kind, counter.api, counter.consumer);
    return Errors.of(Code.RESOURCE_EXHAUSTED, text, info, help);
  }

  /// What is counted together.
  private record Counter(String api, boolean isRead, String consumer) {}
}
