package dev.kleos.iam.simulation;

import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.record.Runs;
import dev.kleos.iam.workflow.Apply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One seed from beginning to end: a run among rivals in bad weather, which may be stopped or die;
/// where it died, another one; and when all is calm, one that has to lead to what the plan says,
/// and one that has nothing to do.
final class Simulation {
  private static final Path STATE = Path.of("/home/state");

  private final long seed;
  private final Dice dice;
  private final World world;
  private final List<Program> programs = new ArrayList<>();

  private Simulation(long seed, Variant variant, int mostSteps) {
    this.seed = seed;
    this.dice = Dice.of(seed);
    this.world = new World(dice.split(), variant, mostSteps);
  }

  /// Plays a seed.
  static Result of(long seed, Variant variant) {
    return of(seed, variant, Trace.FEW);
  }

  /// The same, with all of its steps.
  static Result traced(long seed, Variant variant) {
    return of(seed, variant, Integer.MAX_VALUE);
  }

  private static Result of(long seed, Variant variant, int mostSteps) {
    while (true) {
      var simulation = new Simulation(seed, variant, mostSteps);
      var result = simulation.run();
      if (!simulation.world.scheduler().isDisturbed()) {
        return result;
      }
    }
  }

  private Result run() {
    try {
      amongRivals();
      if (dice.chance(40)) {
        undo("undo", dice.oneOf(programs), true);
      }
      settle();
      inTheEnd();
    } catch (Scheduler.Stuck e) {
      world.violations().report(Invariant.ENDS, e.toString());
    }
    var tally = world.tally();
    tally.count(Tally.What.SEEDS);
    tally.count(Tally.What.STEPS, world.scheduler().steps());
    tally.count(Tally.What.RUNS, programs.size());
    tally.count(
        Tally.What.CRASHES,
        programs.stream().filter(program -> program.process().isDead()).count());
    tally.count(
        Tally.What.SECONDS, Duration.between(Scheduler.START, world.scheduler().now()).toSeconds());
    var violations = world.violations();
    return new Result(
        seed,
        tally,
        violations.all(),
        violations.all().isEmpty() ? world.trace().last() : violations.steps(),
        world.trace().fingerprint());
  }

  private void amongRivals() {
    var first = program("apply");
    start(first);
    if (dice.chance(30)) {
      var other = dice.chance(50) ? world.scene().desired() : world.scene().another(dice);
      var state = dice.chance(50) ? STATE : Path.of("/other/state");
      start(program("other", new Job.Plan(other), state));
    }
    for (var number = dice.upTo(4); number > 0; number--) {
      start(world.rival("rival" + number, dice.split(), dice.between(1, 6), 3000));
    }
    if (dice.chance(4)) {
      start(world.rival("storm", dice.split(), 150, 250));
    }
    switch (dice.upTo(8)) {
      case 0 -> first.beHasty();
      case 1 -> world.scheduler().after(dice.millis(0, 15_000), first::stop);
      default -> {}
    }
    if (dice.chance(40)) {
      kill(first);
    }
    world.scheduler().run();
    for (var again = 1; again < 3 && isDead(); again++) {
      var next = program("again" + again);
      start(next);
      if (dice.chance(50)) {
        start(world.rival("rival", dice.split(), dice.between(1, 4), 2000));
      }
      if (dice.chance(30)) {
        kill(next);
      }
      world.scheduler().run();
    }
  }

  private boolean isDead() {
    return programs.stream().allMatch(program -> program.process().isDead());
  }

  /// Takes back what a run did, if it came to anything that can be told.
  private Optional<Program> undo(String name, Program done, boolean amongRivals) {
    var number = done.number().filter(run -> isThere(done.state(), run));
    if (number.isEmpty()) {
      return Optional.empty();
    }
    world.tally().count(Tally.What.UNDOS);
    var undo = program(name, new Job.Undo(number.get(), done.process()), done.state());
    start(undo);
    if (amongRivals && dice.chance(60)) {
      start(world.rival("rival", dice.split(), dice.between(1, 4), 2000));
    }
    if (amongRivals && dice.chance(20)) {
      kill(undo);
    }
    world.scheduler().run();
    return Optional.of(undo);
  }

  private boolean isThere(Path state, int run) {
    return new Runs(new Look(world.storage(), false), state).run(run).isPresent();
  }

  /// Everything arrives that is on its way, and every account is seen.
  private void settle() {
    world.weather().calm();
    world.scheduler().after(Duration.ofMinutes(10), () -> {});
    world.scheduler().run();
    programs.forEach(program ->
        world.ledger().book(program.process()).journal().ifPresent(JournalRules::checkEnd));
  }

  private void inTheEnd() {
    var rules = new PlanRules(world.scene().desired(), world.google(), world.violations());
    var calm = program("calm");
    start(calm);
    world.scheduler().run();
    switch (calm.result()) {
      case Apply.NotConfirmed _ -> {
        return;
      }
      case Apply.Refused _ when world.scene().overrides().equals(Overrides.NONE) -> {
        return;
      }
      case Apply.InSync _ -> rules.checkLive();
      case Apply.Done done -> {
        checkOutcomes(done, rules);
        rules.checkLive();
      }
      case null, default -> {
        world.violations().report(Invariant.CONVERGES, "undisturbed, it ends in " + calm.result());
        return;
      }
    }
    var before = live();
    var idle = program("idle");
    start(idle);
    world.scheduler().run();
    var writes = world.ledger().book(idle.process()).writes();
    if ((writes > 0 && !rules.isMoot()) || !live().equals(before)) {
      world
          .violations()
          .report(Invariant.IDLE_WHEN_DONE, "it wrote " + writes + " times: " + idle.result());
    }
    if (!rules.isMoot()) {
      undo("back", calm, false)
          .filter(back -> !(back.result() instanceof Apply.NotConfirmed))
          .ifPresent(_ -> new UndoRules(calm.process(), world).checkRestored());
    }
  }

  private void checkOutcomes(Apply.Done done, PlanRules rules) {
    for (var one : done.applied()) {
      var isWell =
          one.outcome() instanceof Outcome.Applied
              || one.outcome() instanceof Outcome.AlreadyInEffect;
      if (!isWell && !rules.isMoot()) {
        world.violations().report(Invariant.CONVERGES, "undisturbed, it ends in " + one);
      }
    }
  }

  private Map<Object, Set<Line>> live() {
    var live = new HashMap<Object, Set<Line>>();
    world
        .google()
        .histories()
        .forEach((resource, history) -> live.put(resource, history.current().keys()));
    return live;
  }

  private Program program(String name) {
    return program(name, new Job.Plan(world.scene().desired()), STATE);
  }

  private Program program(String name, Job job, Path state) {
    return new Program(world.process(name), world, job, state, dice.split());
  }

  private void start(Program program) {
    programs.add(program);
    world.scheduler().start(program);
  }

  private void start(Rival rival) {
    world.scheduler().start(rival);
  }

  /// At one of its own steps, or at any time.
  private void kill(Program program) {
    switch (dice.upTo(4)) {
      case 0, 1 -> program.process().dieAfter(dice.between(1, 200));
      case 2 -> world.scheduler().after(dice.millis(0, 20_000), program.process()::die);
      default -> world.scheduler().after(dice.millis(0, 12_000), this::cutPower);
    }
  }

  private void cutPower() {
    world.trace().add("machine", "has no power");
    programs.forEach(program -> program.process().die());
    world.storage().cutPower(dice);
  }

  /// What a seed came to.
  ///
  /// @param steps the last of them: before the first violation, where there is one
  /// @param fingerprint the same for the same steps
  record Result(
      long seed,
      Tally tally,
      List<Violations.Violation> violations,
      List<String> steps,
      long fingerprint) {}
}
