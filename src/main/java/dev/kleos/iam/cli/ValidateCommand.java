package dev.kleos.iam.cli;

import dev.kleos.iam.report.JsonReport;
import dev.kleos.iam.report.ProblemReport;
import dev.kleos.iam.report.Summary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `kleos-iam validate`.
@Command(
    name = "validate",
    header = {"Show every problem of the plan files, each with its line.", "Works offline."},
    exitCodeList = {"0:valid", Ends.USAGE, Ends.PLAN},
    footer = {"  kleos-iam validate", "  kleos-iam validate -o json"},
    mixinStandardHelpOptions = true)
public final class ValidateCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private PlanArguments arguments = new PlanArguments();
  @Mixin private PlanOptions plans = new PlanOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  /// Taken so that another command's line works here too; nothing is connected to.
  @Option(names = "--emulator", hidden = true)
  boolean emulator;

  @Option(names = "--emulator-state", hidden = true)
  String state = "";

  @Option(names = "--timeout", hidden = true)
  String timeout = "";

  public ValidateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var files = plans.read(surroundings, arguments.names());
    var plan = files.compile(surroundings.clock().instant());
    if (output.isJson()) {
      JsonReport.ofProblems("validate", plan.problems()).print(surroundings.out());
    } else {
      var out = output.out(surroundings);
      new ProblemReport(out).print(plan.problems());
      out.line(plan.isValid() ? Summary.of(plan.desired()) : Summary.ofProblems(plan.problems()));
    }
    return plan.isValid() ? ExitCode.DONE : ExitCode.INVALID_PLAN;
  }
}
