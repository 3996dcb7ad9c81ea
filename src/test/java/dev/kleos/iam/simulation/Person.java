package dev.kleos.iam.simulation;

import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.workflow.Apply;
import dev.kleos.iam.workflow.Previewed;
import java.time.Duration;

/// Looks at what is shown, thinks, and answers.
///
/// @param check holds what is shown against what it may be
/// @param thinks how long
/// @param answer yes or no
/// @param afterwards what happens when they have said yes
record Person(
    SimulatedProcess process,
    World world,
    Check check,
    Duration thinks,
    boolean answer,
    Runnable afterwards)
    implements Apply.Confirmation {
  @Override
  public void show(Previewed previewed) {
    check.of(previewed.changeSet());
  }

  @Override
  public boolean isGiven(Previewed previewed) {
    try {
      process.timer().sleep(thinks);
    } catch (InterruptedException e) {
      return false;
    }
    if (answer) {
      world.trace().add(process.name(), "is told yes");
      world.ledger().agreed(process, previewed.changeSet());
      afterwards.run();
    }
    return answer;
  }

  /// Looks at changes before anybody agrees to them.
  @FunctionalInterface
  interface Check {
    void of(ChangeSet changes);
  }
}
