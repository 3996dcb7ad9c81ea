package dev.kleos.iam.cli;

import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.NoPlanException;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planfile.Settings;
import dev.kleos.iam.report.ProblemReport;
import dev.kleos.iam.report.Screen;
import dev.kleos.iam.report.Summary;
import dev.kleos.iam.workflow.Targets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The account that a command is about which asks nobody: by its address, which needs no plan file,
/// by its id, or the plan's.
record OfflineAccount(Surroundings surroundings, PlanOptions plans, Screen err) {
  /// A command, once the account is known.
  @FunctionalInterface
  interface Task {
    int run(Resource.Account account, List<Resource.Account> through) throws InterruptedException;
  }

  /// Finds it and runs the command; an invalid plan is reported, and nothing is run.
  ///
  /// @param named null for the plan's only one
  /// @param through the accounts on the way to it
  /// @return the exit code
  /// @throws PlanUsageException where it cannot be told which one is meant
  int with(@Nullable String named, List<String> through, Task task) throws InterruptedException {
    var isWhole =
        named != null
            && Stream.concat(Stream.of(named), through.stream())
                .allMatch(OfflineAccount::isAddress);
    var files = isWhole ? new PlanFiles(List.of(), Settings.NONE) : read(named);
    var plan = files.compile(surroundings.clock().instant());
    if (!plan.isValid()) {
      new ProblemReport(err).print(plan.problems());
      err.line(Summary.ofProblems(plan.problems()));
      return ExitCode.INVALID_PLAN;
    }
    var targets = new Targets(plan);
    return task.run(account(targets, named), through.stream().map(targets::any).toList());
  }

  private PlanFiles read(@Nullable String named) {
    if (named != null) {
      return plans.readIfAny(surroundings);
    }
    try {
      return plans.read(surroundings, List.of());
    } catch (NoPlanException e) {
      throw new PlanUsageException(
          "there is no plan file here that has the account; say which, by its address, or name a"
              + " plan file with -f");
    }
  }

  private static Resource.Account account(Targets targets, @Nullable String named) {
    if (named != null && isAddress(named)) {
      return targets.any(named);
    }
    return targets
        .planned(named)
        .orElseGet(() -> {
          if (named == null) {
            throw new PlanUsageException("the plan has no account; say which, by its address");
          }
          return targets.any(named);
        });
  }

  private static boolean isAddress(String text) {
    return text.contains("@");
  }
}
