package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.workflow.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which account a command acts as, and by which way.
final class ImpersonationOptions {
  @Option(
      names = "--account",
      paramLabel = "ACCOUNT",
      description = "The account, by id or address; else the plan's.")
  private @Nullable String account;

  @Option(
      names = "--delegates",
      paramLabel = "ACCOUNT[,ACCOUNT...]",
      description = "Accounts on the way to it, the first yours to act as.")
  private List<String> delegates = new ArrayList<>();

  /// The account.
  ///
  /// @throws PlanUsageException where it cannot be told which one is meant
  Impersonation of(Session session) {
    var way = way();
    var targets = new Targets(session.plan());
    return new Impersonation(
        session,
        targets.account(account, session.cloud().accounts()),
        way.stream().map(targets::any).toList());
  }

  /// The account as it is named; null where it is not.
  @Nullable String named() {
    return account;
  }

  /// The accounts on the way to it, as they are named.
  ///
  /// @throws PlanUsageException where one is nobody's name
  List<String> way() {
    // Not by picocli, which drops what is empty at the end, and so takes a comma for nobody.
    var way = delegates.stream().flatMap(part -> Stream.of(part.split(",", -1))).toList();
    if (way.stream().anyMatch(String::isBlank)) {
      throw new PlanUsageException("--delegates has an empty part; write accounts, with commas");
    }
    return way;
  }
}
