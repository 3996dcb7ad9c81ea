package dev.kleos.iam.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// At most so many calls in any time of a length, however it is laid. Not smoothed: as many as
/// there is room for begin at once.
///
/// Google counts a call when it arrives, somewhere between its beginning and its end here. So a
/// call takes up room from its beginning until so long after its end: whatever the network does, no
/// two that are more than the limit apart arrive within the same window.
final class Window {
  private final int limit;
  private final Duration length;
  private final Deque<Instant> ends = new ArrayDeque<>();
  private int underWay;

  Window(int limit, Duration length) {
    this.limit = limit;
    this.length = length;
  }

  /// Begins a call where there is room, and answers with nothing; else with when there may be.
  ///
  /// @param now no earlier than any time before
  Optional<Instant> begin(Instant now) {
    while (!ends.isEmpty() && !ends.getFirst().plus(length).isAfter(now)) {
      ends.removeFirst();
    }
    if (underWay + ends.size() < limit) {
      underWay++;
      return Optional.empty();
    }
    return Optional.of((ends.isEmpty() ? now : ends.getFirst()).plus(length));
  }

  /// Ends a call that was begun.
  void end(Instant now) {
    underWay--;
    ends.addLast(now);
  }
}
