package dev.kleos.iam.simulation;

import dev.kleos.iam.applier.Stop;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.disk.Disk;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// All that a seed makes: what there is, what happens to it, and who keeps watch.
final class World {
  private final Tally tally = new Tally();
  private final Scheduler scheduler;
  private final Trace trace;
  private final Violations violations;
  private final Weather weather;
  private final Scene scene;
  private final Google google;
  private final Ledger ledger;
  private final Wire wire;
  private final Variant variant;
  private final Storage storage = new Storage();
  private final Map<Path, SimulatedProcess> holds = new HashMap<>();

  /// @param mostSteps how many are kept to be shown
  World(Dice dice, Variant variant, int mostSteps) {
    this.variant = variant;
    this.scheduler = new Scheduler(dice.split());
    this.trace = new Trace(scheduler, mostSteps);
    this.violations = new Violations(trace);
    this.weather = new Weather(dice.split(), tally);
    this.scene = Scene.of(dice.split());
    this.google =
        new Google(scene.aliases(), scene.refused(), scheduler, weather, tally, dice.split());
    this.ledger = new Ledger(scheduler, google, violations, tally);
    this.wire = new Wire(scheduler, weather, tally, trace);
    scene.begin(google, dice.split());
  }

  /// What a process has of Google.
  Cloud cloud(SimulatedProcess process, Stop stop) {
    return new SimulatedCloud(
        process,
        google,
        wire,
        ledger,
        policies -> variant.breaking(policies, process.timer(), stop));
  }

  /// A new process.
  SimulatedProcess process(String name) {
    return new SimulatedProcess(name, scheduler, trace);
  }

  /// Somebody else at work.
  ///
  /// @param longestPause between two changes, in milliseconds
  Rival rival(String name, Dice dice, int edits, int longestPause) {
    return new Rival(process(name), this, dice, edits, longestPause);
  }

  /// The disk of the machine.
  Storage storage() {
    return storage;
  }

  /// Who holds which file.
  Map<Path, SimulatedProcess> holds() {
    return holds;
  }

  /// What a process has of the disk.
  Disk disk(SimulatedProcess process) {
    return variant.breaking(new SimulatedDisk(process, this));
  }

  Variant variant() {
    return variant;
  }

  Tally tally() {
    return tally;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Trace trace() {
    return trace;
  }

  Violations violations() {
    return violations;
  }

  Weather weather() {
    return weather;
  }

  Scene scene() {
    return scene;
  }

  Google google() {
    return google;
  }

  Ledger ledger() {
    return ledger;
  }

  Wire wire() {
    return wire;
  }
}
