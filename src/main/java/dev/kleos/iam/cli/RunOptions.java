package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.emulator.StateFileException;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planfile.Settings;
import dev.kleos.iam.report.JsonReport;
import dev.kleos.iam.report.ProblemReport;
import dev.kleos.iam.report.Screen;
import dev.kleos.iam.report.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The options of every command that works on a plan, and the frame of its run.
final class RunOptions {
  @Mixin private PlanOptions plans = new PlanOptions();
  @Mixin private CloudOptions clouds = new CloudOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  PlanOptions plans() {
    return plans;
  }

  CloudOptions clouds() {
    return clouds;
  }

  OutputOptions output() {
    return output;
  }

  CommandSpec spec() {
    return Objects.requireNonNull(spec);
  }

  /// Reads the plan, connects, and runs the task; an invalid plan is reported, and nothing is run.
  ///
  /// @param named plan files and folders that stand on the command line without an option
  int run(Surroundings surroundings, List<String> named, Task task) throws InterruptedException {
    clouds.prepare(surroundings);
    return run(surroundings, plans.read(surroundings, named), true, CloudOptions::open, task);
  }

  /// The same for a command that is about a line or two: what is doubtful elsewhere in the plan is
  /// no business of it.
  int runAside(Surroundings surroundings, Task task) throws InterruptedException {
    clouds.prepare(surroundings);
    return run(surroundings, plans.read(surroundings, List.of()), false, CloudOptions::open, task);
  }

  /// The same for a command that needs no plan, and only looks what it says.
  int runBeside(Surroundings surroundings, Task task) throws InterruptedException {
    clouds.prepare(surroundings);
    return run(surroundings, plans.readIfAny(surroundings), false, CloudOptions::open, task);
  }

  /// The same for a command that people use who were let in by a plan and may not have it.
  int runAnywhere(Surroundings surroundings, Task task) throws InterruptedException {
    clouds.prepare(surroundings);
    return run(
        surroundings, plans.readIfAny(surroundings), false, CloudOptions::openAsOneself, task);
  }

  /// The same, but that the task connects by itself: to find out why that fails, for example.
  int runUnconnected(Surroundings surroundings, UnconnectedTask task) throws InterruptedException {
    clouds.prepare(surroundings);
    var files = plans.readIfAny(surroundings);
    var plan = files.compile(surroundings.clock().instant());
    return isSound(surroundings, plan, false)
        ? framed(surroundings, plan, () -> task.run(files, plan))
        : ExitCode.INVALID_PLAN;
  }

  /// The same on a plan that was read before.
  int runAgain(Surroundings surroundings, CompiledPlan plan, Task task)
      throws InterruptedException {
    clouds.prepare(surroundings);
    var files = new PlanFiles(List.of(), Settings.NONE);
    return connected(surroundings, files, plan, CloudOptions::open, task);
  }

  /// Another command on the same plan and in the same place.
  ///
  /// @param arguments where they name a project, it takes no plan
  String line(String command, List<String> arguments) {
    var words = new ArrayList<>(List.of(command));
    words.addAll(arguments);
    if (!arguments.contains("--project")) {
      words.addAll(plans.words());
    }
    return clouds.line(words);
  }

  private int run(
      Surroundings surroundings, PlanFiles files, boolean warns, Opening opening, Task task)
      throws InterruptedException {
    var plan = files.compile(surroundings.clock().instant());
    if (!isSound(surroundings, plan, warns)) {
      return ExitCode.INVALID_PLAN;
    }
    return connected(surroundings, files, plan, opening, task);
  }

  private int connected(
      Surroundings surroundings, PlanFiles files, CompiledPlan plan, Opening opening, Task task)
      throws InterruptedException {
    return framed(
        surroundings,
        plan,
        () -> {
          try (var connection =
              opening.open(clouds, plan.desired(), surroundings, output.err(surroundings))) {
            return task.run(Session.of(this, surroundings, files, plan, connection));
          }
        });
  }

  /// Runs; what ends it before it has told anything is told to a program by a document all the
  /// same.
  private int framed(Surroundings surroundings, CompiledPlan plan, Run run)
      throws InterruptedException {
    new ExecFolders(surroundings.env()).sweep(surroundings.clock().instant());
    try {
      return run.run();
    } catch (CloudException | StateFileException e) {
      if (!output.isJson()) {
        throw e;
      }
      var failure =
          e instanceof CloudException cloud
              ? cloud.failure()
              : Failure.of("FAILED_PRECONDITION", "", String.valueOf(e.getMessage()), "");
      JsonReport.ofFailure(spec().name(), plan.problems(), failure).print(surroundings.out());
      return ExitCode.FAILED;
    }
  }

  /// Whether the plan can be used; its problems are told.
  private boolean isSound(Surroundings surroundings, CompiledPlan plan, boolean warns) {
    var err = output.err(surroundings);
    if (plan.isValid() ? warns : !output.isJson()) {
      new ProblemReport(err).print(plan.problems());
    }
    if (!plan.isValid() && output.isJson()) {
      JsonReport.ofProblems(spec().name(), plan.problems()).print(surroundings.out());
    } else if (!plan.isValid()) {
      err.line(Summary.ofProblems(plan.problems()));
    }
    return plan.isValid();
  }

  /// A command, once there is a plan.
  @FunctionalInterface
  private interface Run {
    int run() throws InterruptedException;
  }

  /// As whom a command connects.
  @FunctionalInterface
  private interface Opening {
    Cloud open(CloudOptions clouds, DesiredState desired, Surroundings surroundings, Screen err);
  }

  /// What a command does once there is a plan and a connection.
  @FunctionalInterface
  interface Task {
    int run(Session session) throws InterruptedException;
  }

  /// What a command does once there is a plan.
  @FunctionalInterface
  interface UnconnectedTask {
    int run(PlanFiles files, CompiledPlan plan) throws InterruptedException;
  }
}
