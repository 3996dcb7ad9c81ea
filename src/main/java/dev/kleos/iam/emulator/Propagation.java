package dev.kleos.iam.emulator;

import com.google.iam.v1.Policy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Which policies are in force: each as it was some time ago, since what is granted and what is
/// taken away takes a while to spread (**documented**: two minutes as a rule, sometimes seven or
/// more). Used under the world's lock.
///
/// It remembers the newest 1,000 writes; one that more than these follow is in force before its
/// time.
final class Propagation implements PolicyWatch {
  static final int MAX_PENDING = 1000;

  private final Clock clock;
  private final Duration delay;
  private final Map<String, Policy> inForce = new TreeMap<>();

  /// Not in force yet, oldest first.
  private final Deque<Write> pending = new ArrayDeque<>();

  /// @param now the policies so far, by key, which are in force at once
  Propagation(Clock clock, Duration delay, Map<String, Policy> now) {
    this.clock = clock;
    this.delay = delay;
    this.inForce.putAll(now);
  }

  /// The policy that is in force.
  Policy policy(String key) {
    var before = clock.instant().minus(delay);
    while (!pending.isEmpty() && !pending.getFirst().time.isAfter(before)) {
      enforceFirst();
    }
    return inForce.getOrDefault(key, Policies.NEVER_SET);
  }

  @Override
  public void written(String key, Policy before, Policy policy) {
    if (pending.size() == MAX_PENDING) {
      enforceFirst();
    }
    pending.addLast(new Write(clock.instant(), key, policy));
  }

  @Override
  public void renamed(UnaryOperator<Policy> change) {
    inForce.replaceAll((_, policy) -> change.apply(policy));
    for (var i = pending.size(); i > 0; i--) {
      var write = pending.removeFirst();
      pending.addLast(new Write(write.time, write.key, change.apply(write.policy)));
    }
  }

  @Override
  public void restarted(Map<String, Policy> now) {
    pending.clear();
    inForce.clear();
    inForce.putAll(now);
  }

  private void enforceFirst() {
    var write = pending.removeFirst();
    inForce.put(write.key, write.policy);
  }

  private record Write(Instant time, String key, Policy policy) {}
}
