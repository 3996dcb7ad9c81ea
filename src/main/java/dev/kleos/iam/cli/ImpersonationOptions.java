package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.workflow.Targets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which account a command acts as, and by which way.
final class ImpersonationOptions {
  @Option(
      names = "--account",
      paramLabel = "ACCOUNT",
      description = "The account, by id or address; the plan's if left out.")
  private @Nullable String account;

  @Option(
      names = "--delegates",
      paramLabel = "ACCOUNT",
      split = ",",
      description = "The accounts on the way to it, the first one yours to act as.")
  private List<String> delegates = new ArrayList<>();

  /// The account.
  ///
  /// @throws PlanUsageException where it cannot be told which one is meant
  Impersonation of(Session session) {
    if (delegates.stream().anyMatch(String::isBlank)) {
      throw new PlanUsageException("--delegates has an empty part; write accounts, with commas");
    }
    var targets = new Targets(session.plan());
    return new Impersonation(
        session,
        targets.account(account, session.cloud().accounts()),
        delegates.stream().map(targets::any).toList());
  }
}
