package dev.kleos.iam.cli;

import dev.kleos.iam.checkup.Checkup;
import dev.kleos.iam.checkup.Step;
import dev.kleos.iam.cloud.Backoff;
import dev.kleos.iam.cloud.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Walks a road again for as long as waiting may mend it.
///
/// @param time how long; empty for one walk
record Waiting(Session session, Checkup checkup, List<Step> local, Optional<Duration> time) {
  /// As `grant --wait` has it, for the reason that [dev.kleos.iam.workflow.GrantWatch] gives: the
  /// places that answer learn of a grant one by one.
  private static final int IN_A_ROW = 3;

  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /// Walks; the last walk is told. Once something has yet to spread, or the road was free, three
  /// walks in a row have to come to the same; in the time that there is.
  List<Step> walk(Consumer<Step> told) throws InterruptedException {
    if (time.isEmpty()) {
      return checkup.walk(local, told);
    }
    var end = Timer.SYSTEM.now().plus(time.get());
    var known = new AtomicBoolean();
    try (var _ = new Farewell(session.err(), () -> lastWords(known.get()))) {
      var steps = settled(end, known);
      session.status("");
      steps.forEach(told);
      return steps;
    }
  }

  private static String lastWords(boolean isKnown) {
    return isKnown ? "Interrupted: it was not seen to work yet." : "Interrupted.";
  }

  /// @param known set once a walk is over, so that something can be said of the road
  private List<Step> settled(Instant end, AtomicBoolean known) throws InterruptedException {
    var tries = Backoff.forGrants(end, Timer.SYSTEM, Session.RANDOM).start();
    var steps = again();
    known.set(true);
    var way = Way.of(steps);
    var same =
        switch (way) {
          case FREE -> 1;
          case SPREADING -> 0;
          case BROKEN -> enough(); // from the beginning, so that no wait mends it
        };
    for (var attempt = 2;
        same < enough() && (way == Way.SPREADING ? tries.again() : isOneMore(end));
        attempt++) {
      session.status(way.words() + "; attempt " + attempt + " …");
      steps = again();
      var now = Way.of(steps);
      same = now == Way.SPREADING ? 0 : now == way ? same + 1 : 1;
      way = now;
    }
    return steps;
  }

  /// Somebody else's road is read, and what is read is the same everywhere.
  private int enough() {
    return checkup.road().other().isEmpty() ? IN_A_ROW : 1;
  }

  private static boolean isOneMore(Instant end) throws InterruptedException {
    if (!Timer.SYSTEM.now().plus(BETWEEN).isBefore(end)) {
      return false;
    }
    Timer.SYSTEM.sleep(BETWEEN);
    return true;
  }

  /// Walks once. Faults of the network are waited for anew each time: the time for one walk would
  /// be over long before the wait is.
  private List<Step> again() throws InterruptedException {
    var steps = new ArrayList<Step>();
    new Checkup(
            session.afresh(),
            checkup.plan(),
            checkup.road(),
            checkup.ways(),
            checkup.clock(),
            checkup.timeout())
        .walk(local, steps::add);
    return steps;
  }

  /// What a walk comes to.
  private enum Way {
    FREE("seen to work"),
    SPREADING("not spread yet"),
    BROKEN("broken");

    private final String words;

    Way(String words) {
      this.words = words;
    }

    static Way of(List<Step> steps) {
      if (steps.stream().anyMatch(Step::mayPass)) {
        return SPREADING;
      }
      return steps.stream().anyMatch(Step::isBroken) ? BROKEN : FREE;
    }

    String words() {
      return words;
    }
  }
}
