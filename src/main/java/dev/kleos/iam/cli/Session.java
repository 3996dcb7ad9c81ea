package dev.kleos.iam.cli;

import dev.kleos.iam.applier.Applier;
import dev.kleos.iam.applier.Journal;
import dev.kleos.iam.applier.Stop;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.cloud.RetryingCloud;
import dev.kleos.iam.cloud.Timer;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.report.CallerReport;
import dev.kleos.iam.report.JsonDetails;
import dev.kleos.iam.report.JsonReport;
import dev.kleos.iam.report.PreviewReport;
import dev.kleos.iam.report.Screen;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Summary;
import dev.kleos.iam.report.Wording;
import dev.kleos.iam.workflow.Preview;
import dev.kleos.iam.workflow.Previewed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// One run of a command: its plan, its connection, and how it speaks.
///
/// @param cloud for reading: tries again by itself, for so long as `--timeout` says
/// @param connection the same, but that it tries nothing again
record Session(
    RunOptions options,
    Surroundings surroundings,
    PlanFiles files,
    CompiledPlan plan,
    Cloud cloud,
    Cloud connection) {
  /// For waits, which are random so that those who wait do not come back all at once.
  static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

  static Session of(
      RunOptions options,
      Surroundings surroundings,
      PlanFiles files,
      CompiledPlan plan,
      Cloud connection) {
    return new Session(
        options, surroundings, files, plan, patient(options, connection), connection);
  }

  private static Cloud patient(RunOptions options, Cloud connection) {
    return RetryingCloud.within(options.clouds().timeout(), connection, Timer.SYSTEM, RANDOM);
  }

  /// The same cloud for reading once more, for so long as `--timeout` says from then on: whoever
  /// waits outlives the time of what was read first.
  Cloud afresh() {
    return patient(options, connection);
  }

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
    return new ReadingProgress(
        err(), surroundings.terminals().err(), options.clouds().pace()::opening);
  }

  /// What is going on now, on a line that the next one takes the place of; nothing where nobody
  /// watches.
  ///
  /// @param text empty to take the line away
  void status(String text) {
    if (surroundings.terminals().err()) {
      err().status(text);
    }
  }

  /// The same while there is nothing to count.
  void asking() {
    status("Asking " + options.clouds().place(surroundings) + " …");
  }

  boolean isJson() {
    return options.output().isJson();
  }

  Previewed preview(ChangeOptions changes) throws InterruptedException {
    try (var progress = progress()) {
      return new Preview(cloud, surroundings.clock(), progress)
          .run(plan.desired(), changes.pruning(), changes.overrides());
    }
  }

  Previewed look() throws InterruptedException {
    try (var progress = progress()) {
      return new Preview(cloud, surroundings.clock(), progress).look(plan.desired());
    }
  }

  /// What it is about, where, and who acts through what: to be read before anything happens.
  void heading(Screen screen) {
    screen.line(
        Span.bold(projects()),
        Span.of(
            " on " + options.clouds().place(surroundings) + CallerReport.words(cloud.caller())));
    screen.blank();
    Recording.tellOfInterrupted(this, screen);
  }

  /// Everything that was found, by the plan as it is.
  void showFindings(Screen screen, Previewed previewed, Wording wording) {
    showFindings(screen, previewed, plan.origins(), wording);
  }

  /// Everything that was found.
  ///
  /// @param origins which line asks for what
  void showFindings(Screen screen, Previewed previewed, Origins origins, Wording wording) {
    showFindings(
        screen,
        previewed,
        origins,
        wording,
        flags -> command("apply", flags.toArray(String[]::new)));
  }

  /// The same where another command than apply takes flags.
  ///
  /// @param remedy the command that would remove more
  void showFindings(
      Screen screen,
      Previewed previewed,
      Origins origins,
      Wording wording,
      PreviewReport.Command remedy) {
    new PreviewReport(
            screen,
            origins,
            wording,
            surroundings.clock().instant(),
            options.output().isVerbose(),
            remedy)
        .print(previewed.changeSet(), previewed.refusals());
  }

  /// The same, and what became of it, for a program.
  void json(Previewed previewed, List<AppliedChange> applied) {
    json(previewed, applied, plan.origins(), JsonDetails.NONE, List.of());
  }

  /// A report of a command that changes nothing.
  void json(JsonDetails details) {
    var nothing = new Previewed(ChangeSet.EMPTY, List.of());
    json(nothing, List.of(), plan.origins(), details, List.of());
  }

  /// What was found, what became of it, and what only this command tells.
  ///
  /// @param more what else went wrong
  void json(
      Previewed previewed,
      List<AppliedChange> applied,
      Origins origins,
      JsonDetails details,
      List<Failure> more) {
    var errors =
        new ArrayList<>(JsonReport.errors(previewed.changeSet(), previewed.refusals(), origins));
    errors.addAll(more);
    new JsonReport(
            options.spec().name(),
            Optional.of(cloud.caller()),
            previewed.changeSet(),
            surroundings.clock().instant(),
            applied,
            details,
            origins,
            plan.problems(),
            errors,
            cloud.calls())
        .print(surroundings.out());
  }

  /// The last lines: the sum, the calls, and what to do next.
  ///
  /// @param next a command to copy; empty where there is nothing to do
  void sum(Screen screen, String sum, String next) {
    screen.cells(2, Span.bold(sum), Span.of("  "), Span.of(Summary.of(cloud.calls())));
    if (!next.isEmpty()) {
      screen.line("Next: " + next);
    }
  }

  /// The same, unless it is told to a program.
  void say(String sum, String next) {
    if (!isJson()) {
      sum(out(), sum, next);
    }
  }

  /// This run's arguments after another command.
  String command(String command, String... extra) {
    return command(command, Map.of(), extra);
  }

  /// The same, with some arguments in place of others.
  String command(String command, Map<String, String> replaced, String... extra) {
    return options.clouds().before(surroundings)
        + CommandText.like(options.spec(), command, replaced, extra);
  }

  /// Another command on the same plan and the same place.
  String planCommand(String command, String... arguments) {
    return options.clouds().before(surroundings) + options.line(command, List.of(arguments));
  }

  /// What takes back a run in the same place.
  String undoCommand(int run) {
    var clouds = options.clouds();
    return clouds.before(surroundings) + clouds.line(List.of("undo", Integer.toString(run)));
  }

  /// What carries out changes. The time that a person thinks about them does not count.
  Applier applier(Progress progress, Stop stop, Journal journal) {
    return new Applier(
        connection, options.clouds().timeout(), Timer.SYSTEM, RANDOM, progress, stop, journal);
  }

  private String projects() {
    var projects = plan.origins().projects().values().stream().distinct().toList();
    return switch (projects.size()) {
      case 0 -> "No project";
      case 1 -> "Project " + projects.getFirst();
      default -> "Projects " + String.join(", ", projects);
    };
  }
}
