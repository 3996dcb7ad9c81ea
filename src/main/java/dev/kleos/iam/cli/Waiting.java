package dev.kleos.iam.cli;

import dev.kleos.iam.checkup.Checkup;
import dev.kleos.iam.checkup.Step;
import dev.kleos.iam.cloud.Backoff;
import dev.kleos.iam.cloud.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/// Walks a road again for as long as waiting may mend it.
///
/// @param time how long; empty for one walk
record Waiting(Session session, Checkup checkup, List<Step> local, Optional<Duration> time) {
  /// Walks; the last walk is told.
  List<Step> walk(Consumer<Step> told) throws InterruptedException {
    if (time.isEmpty()) {
      return checkup.walk(local, told);
    }
    var end = Timer.SYSTEM.now().plus(time.get());
    var tries =
        Backoff.forGrants(end, Timer.SYSTEM, () -> ThreadLocalRandom.current().nextLong()).start();
    try (var _ = new Farewell(session.err(), () -> "Interrupted: it has not spread yet.")) {
      var steps = again();
      while (steps.stream().anyMatch(Step::mayPass) && tries.again()) {
        show("not spread yet; attempt " + tries.count() + " …");
        steps = again();
      }
      show("");
      steps.forEach(told);
      return steps;
    }
  }

  private List<Step> again() throws InterruptedException {
    var steps = new ArrayList<Step>();
    checkup.walk(local, steps::add);
    return steps;
  }

  private void show(String status) {
    if (isWatched()) {
      session.err().status(status);
    }
  }

  private boolean isWatched() {
    return session.surroundings().terminals().err();
  }
}
