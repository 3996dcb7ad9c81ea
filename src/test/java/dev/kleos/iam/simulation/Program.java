package dev.kleos.iam.simulation;

import dev.kleos.iam.applier.Applier;
import dev.kleos.iam.applier.Stop;
import dev.kleos.iam.cloud.Pace;
import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.cloud.RetryingCloud;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.Pruning;
import dev.kleos.iam.record.RunHeader;
import dev.kleos.iam.record.Runs;
import dev.kleos.iam.workflow.Apply;
import dev.kleos.iam.workflow.Preview;
import dev.kleos.iam.workflow.Previewed;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// `kleos-iam apply` in a process of its own, put together of the same parts as by the command
/// line: all of it is the real code, but time, chance and the ports.
final class Program implements Runnable {
  private final Process process;
  private final World world;
  private final DesiredState desired;
  private final Path state;
  private final Stop stop = new Stop();
  private final Dice dice;
  private boolean isHasty;
  private Apply.@Nullable Result result;

  /// @param state the folder of its journal
  Program(Process process, World world, DesiredState desired, Path state, Dice dice) {
    this.process = process;
    this.state = state;
    this.world = world;
    this.desired = desired;
    this.dice = dice;
  }

  /// What came of it; null while it runs, and where it died.
  Apply.@Nullable Result result() {
    return result;
  }

  Process process() {
    return process;
  }

  /// Lets the person press Ctrl-C soon after the yes.
  void beHasty() {
    isHasty = true;
  }

  /// Ctrl-C.
  void stop() {
    world.tally().count(Tally.What.STOPS);
    world.trace().add(process.name(), "is asked to stop");
    stop.request();
  }

  @Override
  public void run() {
    try {
      var done = apply(world.scene().timeout(), world.scene().overrides());
      result = done;
      world.trace().add(process.name(), "ends: " + done.getClass().getSimpleName());
      if (done instanceof Apply.Done(var previewed, var applied)) {
        applied.forEach(one ->
            world
                .trace()
                .add(process.name(), Wire.brief(one.change().resource()) + " " + one.outcome()));
        new OutcomeRules(
                world.google(),
                world.violations(),
                process,
                world.ledger().book(process),
                stop.isRequested())
            .check(previewed.changeSet().changes(), applied);
      }
    } catch (Crash e) {
      world.trace().add(process.name(), "is dead");
    } catch (InterruptedException | RuntimeException e) {
      world.violations().report(Invariant.NO_BUG, process.name() + " throws " + e);
    }
  }

  private Apply.Result apply(Duration timeout, Overrides overrides) throws InterruptedException {
    world.ledger().begins(process, timeout);
    var disk = world.disk(process);
    var header =
        new RunHeader(
            world.scheduler().now(), "apply", "Google Cloud", "", "1", 0, null);
    var journal = new Runs(disk, state).journal(header, process.timer()::now);
    world.ledger().records(process, new JournalRules(process, journal, state, world));
    var timer = process.timer();
    var random = dice.generator();
    var connection =
        new Pace(Pace.READS, Pace.MOST_AT_ONCE).of(world.cloud(process, stop)).waitingBy(timer);
    var reading = RetryingCloud.within(timeout, connection, timer, random);
    return new Apply(
            new Preview(reading, timer::now, Progress.NONE),
            new Applier(connection, timeout, timer, random, Progress.NONE, stop, world.journal(journal)))
        .run(desired, Pruning.NONE, overrides, new Person());
  }

  /// Looks at what is shown, thinks, and says yes nearly always.
  private final class Person implements Apply.Confirmation {
    @Override
    public void show(Previewed previewed) {
      new PlanRules(desired, world.google(), world.violations()).checkShown(previewed.changeSet());
    }

    @Override
    public boolean isGiven(Previewed previewed) {
      try {
        process.timer().sleep(dice.millis(0, 4000));
      } catch (InterruptedException e) {
        return false;
      }
      if (dice.chance(3)) {
        return false;
      }
      world.trace().add(process.name(), "is told yes");
      world.ledger().agreed(process, previewed.changeSet());
      if (isHasty) {
        world.scheduler().after(dice.millis(0, 500), Program.this::stop);
      }
      return true;
    }
  }
}
