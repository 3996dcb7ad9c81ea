package dev.kleos.iam.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/// The plan files as the arguments of a command that takes no others.
final class PlanArguments {
  @Parameters(
      paramLabel = "PLAN",
      arity = "0..*",
      description = "Plan files or folders; else plans/ or kleos-iam.yaml.")
  private List<String> names = new ArrayList<>();

  List<String> names() {
    return names;
  }
}
