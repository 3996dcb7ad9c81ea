package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planner.Pruning;
import dev.kleos.iam.report.JsonReport;
import dev.kleos.iam.report.PreviewReport;
import dev.kleos.iam.report.Screen;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.report.Summary;
import dev.kleos.iam.report.Wording;
import dev.kleos.iam.workflow.Preview;
import dev.kleos.iam.workflow.Previewed;
import java.util.ArrayList;
import java.util.List;

/// One run of a command: its plan, its connection, and how it speaks.
record Session(
    RunOptions options,
    Surroundings surroundings,
    PlanFiles files,
    CompiledPlan plan,
    Cloud cloud) {

  /// For results.
  Screen out() {
    return options.output().out(surroundings);
  }

  /// For everything else.
  Screen err() {
    return options.output().err(surroundings);
  }

  /// A line on the terminal that counts while work goes on.
  ReadingProgress progress() {
    return new ReadingProgress(err(), surroundings.terminals().err());
  }

  boolean isJson() {
    return options.output().isJson();
  }

  Previewed preview() throws InterruptedException {
    try (var progress = progress()) {
      return new Preview(cloud, surroundings.clock(), progress).run(plan.desired(), Pruning.NONE);
    }
  }

  Previewed look() throws InterruptedException {
    try (var progress = progress()) {
      return new Preview(cloud, surroundings.clock(), progress).look(plan.desired());
    }
  }

  /// Where, and then everything that was found.
  void show(Screen screen, Previewed previewed, Wording wording) {
    screen.line(Span.bold(projects()), Span.of(" on " + options.clouds().place(surroundings)));
    screen.blank();
    new PreviewReport(
            screen,
            plan.origins(),
            wording,
            surroundings.clock().instant(),
            options.output().isVerbose())
        .print(previewed.changeSet(), previewed.refusals(), this::pruneCommand);
  }

  /// The same, and what became of it, for a program.
  void json(Previewed previewed, List<AppliedChange> applied) {
    new JsonReport(
            options.spec().name(),
            previewed.changeSet(),
            applied,
            plan.origins(),
            plan.problems(),
            JsonReport.errors(previewed.changeSet(), previewed.refusals()),
            cloud.calls())
        .print(surroundings.out());
  }

  /// The last lines: the sum, the calls, and what to do next.
  ///
  /// @param next a command to copy; empty where there is nothing to do
  void sum(Screen screen, String sum, String next) {
    screen.line(Span.bold(sum), new Span(Style.DIM, "  " + Summary.of(cloud.calls())));
    if (!next.isEmpty()) {
      screen.line("Next: " + next);
    }
  }

  /// This run's arguments after another command.
  String command(String command, String... extra) {
    return options.clouds().before(surroundings) + CommandText.like(options.spec(), command, extra);
  }

  private String pruneCommand(boolean resources, boolean project) {
    var flags = new ArrayList<String>();
    if (resources) {
      flags.add("--prune");
    }
    if (project) {
      flags.add("--prune-project");
    }
    return command("apply", flags.toArray(String[]::new));
  }

  private String projects() {
    var projects =
        plan.desired().policies().stream()
            .map(policy -> policy.resource().projectId())
            .filter(project -> !project.equals("-"))
            .distinct()
            .toList();
    return switch (projects.size()) {
      case 0 -> "No project";
      case 1 -> "Project " + projects.getFirst();
      default -> "Projects " + String.join(", ", projects);
    };
  }
}
