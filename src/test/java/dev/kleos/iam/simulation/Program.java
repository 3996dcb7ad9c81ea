package dev.kleos.iam.simulation;

import dev.kleos.iam.applier.Applier;
import dev.kleos.iam.applier.Stop;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.Pace;
import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.cloud.RetryingCloud;
import dev.kleos.iam.planner.Pruning;
import dev.kleos.iam.record.RunHeader;
import dev.kleos.iam.record.RunJournal;
import dev.kleos.iam.record.Runs;
import dev.kleos.iam.workflow.Apply;
import dev.kleos.iam.workflow.Preview;
import dev.kleos.iam.workflow.UndoPreview;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `kleos-iam apply` or `undo` in a process of its own, put together of the same parts as by the
/// command line: all of it is the real code, but time, chance, the ports and the disk.
final class Program implements Runnable {
  private final SimulatedProcess process;
  private final World world;
  private final Job job;
  private final Path state;
  private final Stop stop = new Stop();
  private final Dice dice;
  private boolean isHasty;
  private @Nullable RunJournal journal;
  private Apply.@Nullable Result result;

  /// @param state the folder of its journal
  Program(SimulatedProcess process, World world, Job job, Path state, Dice dice) {
    this.process = process;
    this.world = world;
    this.job = job;
    this.state = state;
    this.dice = dice;
  }

  /// What came of it; null while it runs, and where it died.
  Apply.@Nullable Result result() {
    return result;
  }

  SimulatedProcess process() {
    return process;
  }

  /// The folder of its journal.
  Path state() {
    return state;
  }

  /// The number of its run; empty where it came to none.
  Optional<Integer> number() {
    return journal == null ? Optional.empty() : journal.number();
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
      var done = carryOut();
      result = done;
      tell(done);
    } catch (Crash e) {
      world.trace().add(process.name(), "is dead");
    } catch (InterruptedException | RuntimeException e) {
      world.violations().report(Invariant.NO_BUG, process.name() + " throws " + e);
    }
  }

  private Apply.Result carryOut() throws InterruptedException {
    var timeout = world.scene().timeout();
    world.ledger().begins(process, timeout);
    var timer = process.timer();
    var random = dice.generator();
    var connection =
        new Pace(Pace.READS, Pace.MOST_AT_ONCE).of(world.cloud(process, stop)).waitingBy(timer);
    var reading = RetryingCloud.within(timeout, connection, timer, random);
    var applier =
        new Applier(
            connection,
            timeout,
            timer,
            random,
            Progress.NONE,
            stop,
            world.variant().breaking(recording()));
    return switch (job) {
      case Job.Plan plan -> apply(plan, reading, applier);
      case Job.Undo undo -> undo(undo, reading, applier);
    };
  }

  private Apply.Result apply(Job.Plan plan, Cloud reading, Applier applier)
      throws InterruptedException {
    var rules = new PlanRules(plan.desired(), world.google(), world.violations());
    return new Apply(new Preview(reading, process.timer()::now, Progress.NONE), applier)
        .run(plan.desired(), Pruning.NONE, world.scene().overrides(), person(rules::checkShown));
  }

  private Apply.Result undo(Job.Undo undo, Cloud reading, Applier applier)
      throws InterruptedException {
    var run = new Runs(world.disk(process), state).run(undo.number()).orElseThrow();
    var undoing =
        new UndoPreview(reading, process.timer()::now, Progress.NONE)
            .run(run, Scene.EVERYTHING_ALLOWED);
    var previewed = world.variant().breaking(undoing.previewed(), run);
    return Apply.run(previewed, applier, person(new UndoRules(undo.of(), world)::checkShown));
  }

  private RunJournal recording() {
    var number = job instanceof Job.Undo undo ? undo.number() : 0;
    var header =
        new RunHeader(world.scheduler().now(), job.name(), "Google Cloud", "", "1.0", number, null);
    var recording = new Runs(world.disk(process), state).journal(header, process.timer()::now);
    journal = recording;
    world.ledger().records(process, new JournalRules(process, recording, state, world));
    return recording;
  }

  private Person person(Person.Check check) {
    var thinks = dice.millis(0, 4000);
    var hurry = isHasty ? Optional.of(dice.millis(0, 500)) : Optional.<Duration>empty();
    return new Person(
        process,
        world,
        check,
        thinks,
        dice.chance(97),
        () -> hurry.ifPresent(wait -> world.scheduler().after(wait, this::stop)));
  }

  private void tell(Apply.Result done) {
    world.trace().add(process.name(), "ends: " + done.getClass().getSimpleName());
    if (done instanceof Apply.Done(var previewed, var applied)) {
      for (var one : applied) {
        world
            .trace()
            .add(process.name(), Wire.brief(one.change().resource()) + " " + one.outcome());
      }
      new OutcomeRules(
              world.google(),
              world.violations(),
              process,
              world.ledger().book(process),
              stop.isRequested())
          .check(previewed.changeSet().changes(), applied);
    }
  }
}
