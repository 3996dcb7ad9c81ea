package dev.kleos.iam.emulator;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Every call that reached the emulator, in the order of arrival, whether it was answered or
/// failed. Safe for use by many threads.
public final class CallLog {
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

  CallLog() {}

  /// A copy of the calls so far.
  public List<Call> all() {
    return List.copyOf(calls);
  }

  /// How often a method was called.
  ///
  /// @param method the full method, or what follows the `/`
  public long count(String method) {
    return calls.stream().filter(call -> call.is(method)).count();
  }

  /// Forgets the calls so far.
  public void clear() {
    calls.clear();
  }

  void add(Call call) {
    calls.add(call);
  }
}
