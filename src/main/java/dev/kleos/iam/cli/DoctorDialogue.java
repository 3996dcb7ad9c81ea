package dev.kleos.iam.cli;

import dev.kleos.iam.checkup.Checkup;
import dev.kleos.iam.checkup.Machine;
import dev.kleos.iam.checkup.Remedy;
import dev.kleos.iam.checkup.Road;
import dev.kleos.iam.checkup.Step;
import dev.kleos.iam.checkup.Ways;
import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.cloud.Caller;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.report.CheckupJson;
import dev.kleos.iam.report.CheckupReport;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Summary;
import dev.kleos.iam.workflow.Targets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// What `doctor` says.
///
/// @param plan of one project at least
record DoctorDialogue(
    RunOptions options, Surroundings surroundings, PlanFiles files, CompiledPlan plan) {
  /// What an emulator in another process is told instead of a login.
  private static final Ways OF_EMULATOR =
      new Ways(
          new Ways.Mend(
              "the emulator does not know whom " + EmulatorCaller.VARIABLE + " names",
              Remedy.Shell.of("unset", EmulatorCaller.VARIABLE)),
          new Ways.Mend("", new Remedy.None()),
          List.of());

  int run(Road road, Optional<Duration> wait) throws InterruptedException {
    var project = project();
    var machine = machine(project, road);
    var ways = machine.map(Machine::ways).orElse(OF_EMULATOR);
    var out = options.output().out(surroundings);
    var report = new CheckupReport(out, this::command);
    try (var connection =
        options
            .clouds()
            .openAsOneself(plan.desired(), surroundings, options.output().err(surroundings))) {
      var session = Session.of(options, surroundings, files, plan, connection);
      var cloud = session.cloud();
      if (!session.isJson()) {
        session.heading(out);
      }
      var own = own(road, cloud.caller());
      var checkup =
          new Checkup(cloud, plan, own, ways, surroundings.clock(), options.clouds().timeout());
      session.asking();
      var steps =
          new Waiting(session, checkup, local(own, machine), wait)
              .walk(told -> {
                session.status("");
                if (!session.isJson()) {
                  report.step(told);
                }
                session.asking();
              });
      session.status("");
      return conclude(Optional.of(cloud.caller()), steps, cloud.calls());
    } catch (CloudException e) {
      var steps = Checkup.unconnected(local(road, machine), e, ways);
      if (!options.output().isJson()) {
        out.line(
            Span.bold("Project " + project),
            Span.of(" on " + options.clouds().place(surroundings)));
        out.blank();
        steps.forEach(report::step);
      }
      return conclude(Optional.empty(), steps, new ApiCalls(0, 0));
    }
  }

  /// What this machine has for Google; an emulator needs none of it, so nothing of it is read.
  private Optional<Machine> machine(String project, Road road) {
    return options.clouds().isGoogle(surroundings)
        ? Optional.of(
            new Machine(
                surroundings.env(),
                project,
                account(road),
                StateFolder.impersonation(surroundings.env()),
                surroundings.clock().instant()))
        : Optional.empty();
  }

  /// The steps on this machine, which are on nobody's road but one's own.
  private static List<Step> local(Road road, Optional<Machine> machine) {
    return road.other().isPresent() ? List.of() : machine.map(Machine::look).orElseGet(List::of);
  }

  /// Whoever asks for himself by name is looked at by doing, too.
  private static Road own(Road road, Caller caller) {
    return road.other().isPresent() && road.other().equals(caller.principal())
        ? new Road(Optional.empty(), road.account(), road.service(), road.audience())
        : road;
  }

  private String project() {
    var projects = new LinkedHashSet<>(plan.origins().projects().values());
    if (projects.size() > 1) {
      throw new PlanUsageException(
          "a road is in one project, and the plan files are of several; name those of one with -f");
    }
    return projects.getFirst();
  }

  /// The account, where it takes nobody to say which one is meant.
  private Optional<Resource.Account> account(Road road) {
    try {
      return new Targets(plan).planned(road.account());
    } catch (PlanUsageException e) {
      return Optional.empty(); // the walk says it
    }
  }

  private int conclude(Optional<Caller> caller, List<Step> steps, ApiCalls calls) {
    if (options.output().isJson()) {
      new CheckupJson(caller, steps, calls, this::command).print(surroundings.out());
    } else {
      var out = options.output().out(surroundings);
      out.blank();
      out.cells(2, Span.bold(CheckupReport.sum(steps)), Span.of("  "), Span.of(Summary.of(calls)));
    }
    return steps.stream().anyMatch(Step::isBroken) ? ExitCode.FAILED : ExitCode.DONE;
  }

  private String command(Remedy remedy) {
    return new RemedyCommand(options, surroundings).of(remedy);
  }
}
