package dev.kleos.iam.cli;

import dev.kleos.iam.checkup.Checkup;
import dev.kleos.iam.checkup.Machine;
import dev.kleos.iam.checkup.Remedy;
import dev.kleos.iam.checkup.Road;
import dev.kleos.iam.checkup.Step;
import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.cloud.Caller;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.report.CheckupJson;
import dev.kleos.iam.report.CheckupReport;
import dev.kleos.iam.report.Screen;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.report.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What `doctor` says, and how long it looks.
///
/// @param plan of one project at least
record DoctorDialogue(
    RunOptions options, Surroundings surroundings, PlanFiles files, CompiledPlan plan) {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  int run(Road road, Optional<Duration> wait) throws InterruptedException {
    var out = options.output().out(surroundings);
    var report = new CheckupReport(out, this::command);
    var local =
        options.clouds().isGoogle(surroundings) && road.other().isEmpty()
            ? new Machine(surroundings.env(), project()).look()
            : List.<Step>of();
    try (var connection =
        options
            .clouds()
            .openAsOneself(plan.desired(), surroundings, options.output().err(surroundings))) {
      var session = Session.of(options, surroundings, files, plan, connection);
      if (!session.isJson()) {
        session.heading(out);
      }
      var cloud = session.cloud();
      var steps =
          walk(
              cloud,
              own(road, cloud.caller()),
              local,
              wait,
              session.isJson() ? _ -> {} : report::step);
      return conclude(Optional.of(cloud.caller()), steps, cloud.calls());
    } catch (CloudException e) {
      var steps = Checkup.unconnected(local, e);
      if (!options.output().isJson()) {
        steps.forEach(report::step);
      }
      return conclude(Optional.empty(), steps, new ApiCalls(0, 0));
    }
  }

  /// Whoever asks for himself by name is looked at by doing, too.
  private static Road own(Road road, Caller caller) {
    return road.other().isPresent() && road.other().equals(caller.principal())
        ? new Road(Optional.empty(), road.account(), road.service(), road.audience())
        : road;
  }

  private List<Step> walk(
      Cloud cloud, Road road, List<Step> local, Optional<Duration> wait, Consumer<Step> told)
      throws InterruptedException {
    var checkup = new Checkup(cloud, plan, road, surroundings.clock(), options.clouds().timeout());
    if (wait.isEmpty()) {
      return checkup.walk(local, told);
    }
    var end = Instant.now().plus(wait.get());
    while (true) {
      var steps = new ArrayList<Step>();
      checkup.walk(local, steps::add);
      if (steps.stream().noneMatch(Step::mayPass) || Instant.now().plus(PAUSE).isAfter(end)) {
        steps.forEach(told);
        return steps;
      }
      Thread.sleep(PAUSE);
    }
  }

  private String project() {
    return plan.origins().projects().values().iterator().next();
  }

  private int conclude(Optional<Caller> caller, List<Step> steps, ApiCalls calls) {
    var out = options.output().out(surroundings);
    if (options.output().isJson()) {
      new CheckupJson(caller, steps, calls, this::command).print(surroundings.out());
    } else {
      sum(out, steps, calls);
    }
    return steps.stream().anyMatch(step -> step.state() == Step.State.BROKEN)
        ? ExitCode.FAILED
        : ExitCode.DONE;
  }

  private static void sum(Screen out, List<Step> steps, ApiCalls calls) {
    out.blank();
    out.line(Span.bold(CheckupReport.sum(steps)), new Span(Style.DIM, "  " + Summary.of(calls)));
  }

  private String command(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Own(var command, var arguments) -> own(command, arguments);
      case Remedy.Shell(var words) ->
          String.join(" ", words.stream().map(CommandText::quoted).toList());
      case Remedy.Advice _, Remedy.None _ -> "";
    };
  }

  private String own(String command, List<String> arguments) {
    var words = new ArrayList<>(List.of("kleos-iam", command));
    words.addAll(arguments);
    words.addAll(options.plans().words());
    words.addAll(options.clouds().words());
    return options.clouds().before(surroundings)
        + String.join(" ", words.stream().map(CommandText::quoted).toList());
  }
}
