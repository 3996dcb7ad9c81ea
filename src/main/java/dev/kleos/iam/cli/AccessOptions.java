package dev.kleos.iam.cli;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planfile.PrincipalArgument;
import dev.kleos.iam.workflow.Targets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Whose access a command is about, and how far it goes.
final class AccessOptions {
  @Parameters(
      paramLabel = "PRINCIPAL",
      arity = "1..*",
      description = {
        "Who: alice@example.com, group:devs@example.com, …",
        "Or anything else that a plan file takes; an id is an account of the plan."
      })
  private List<String> principals = new ArrayList<>();

  @Option(
      names = "--account",
      paramLabel = "ACCOUNT",
      description = "The service account, by id or address.")
  private @Nullable String account;

  @Option(
      names = "--service",
      paramLabel = "SERVICE",
      description = "The service, NAME or REGION/NAME.")
  private @Nullable String service;

  @Option(names = "--no-save", description = "Leave the plan file as it is.")
  boolean unsaved;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Show what would change, and stop.")
  boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask; needed where nobody is at a terminal.")
  boolean yes;

  /// The principals, each once.
  ///
  /// @param parser says who is meant by a text
  TypedPrincipals principals(
      Session session, AccessWords words, Function<String, PrincipalArgument> parser) {
    var known = new HashSet<Principal>();
    var texts = new LinkedHashMap<PrincipalArgument, String>();
    for (var text : principals) {
      var argument = parser.apply(text);
      if (known.add(argument.principal())) {
        texts.put(argument, text);
      }
    }
    return new TypedPrincipals(session, words, texts);
  }

  /// The resource that is named, else the plan's account.
  ///
  /// @param opening run before anybody is asked, and after what is wrong with the words
  Resource target(Session session, Runnable opening) {
    if (account != null && service != null) {
      throw new PlanUsageException("--account and --service are two things; keep one of them");
    }
    var targets = new Targets(session.plan());
    var planned =
        service != null ? Optional.of(targets.service(service)) : targets.planned(account);
    opening.run();
    return planned.isPresent()
        ? planned.get()
        : targets.account(account, session.cloud().accounts());
  }

  /// The account that counts beside a plan without accounts; null where there is none.
  Resource.@Nullable Account besidePlan(Session session) {
    return service != null
        ? null
        : new Targets(session.plan()).beside(account, session.cloud().accounts()).orElse(null);
  }

  /// The resource that is named, if one is.
  ///
  /// @param opening as above
  @Nullable Resource targetIfNamed(Session session, Runnable opening) {
    if (service == null && account == null) {
      opening.run();
      return null;
    }
    return target(session, opening);
  }
}
