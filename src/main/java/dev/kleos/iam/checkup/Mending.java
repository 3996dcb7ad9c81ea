package dev.kleos.iam.checkup;

import static java.util.stream.Collectors.toSet;

import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.planfile.CompiledPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The commands that give somebody what is missing: our own, but gcloud's where there is a plan and
/// it does not answer for the resource, since nothing of ours grants beside a plan. Who has no plan
/// file is no admin who keeps one.
public final class Mending {
  /// The narrowest that does for a call. gcloud asks for an access token as well, which takes
  /// `roles/iam.serviceAccountTokenCreator`.
  private static final Role TOKENS = new Role("roles/iam.serviceAccountOpenIdTokenCreator");

  /// What `grant` is told where there was a grant that had an end, or a condition: no more than a
  /// while, so that nothing temporary becomes permanent.
  static final String[] AGAIN = {"--replace", "--for", "30d"};

  private final CompiledPlan plan;

  Mending(CompiledPlan plan) {
    this.plan = plan;
  }

  /// Lets somebody act as an account; nobody is told to open it to everybody.
  ///
  /// @param more what else `grant` is told, such as `--replace`
  Remedy actAs(Resource.Account account, Principal who, String... more) {
    if (who.isPublic() || who.type().equals("domain") || who.type().equals("principalSet")) {
      return new Remedy.Advice(
          "So many should not act as an account: grant it to those who need it, one by one.");
    }
    return isOurs(account)
        ? grant(who, "--account", account.email(), more)
        : Remedy.Shell.of(
            "gcloud",
            "iam",
            "service-accounts",
            "add-iam-policy-binding",
            account.email(),
            "--member",
            who.spelling(),
            "--role",
            TOKENS.name(),
            "--condition",
            "None",
            "--project",
            account.projectId());
  }

  /// Lets an account call a service.
  Remedy invoke(Resource.Service service, Principal who, String... more) {
    return isOurs(service)
        ? grant(who, "--service", service.regionAndId(), more)
        : ofService(
            service,
            "add-iam-policy-binding",
            "--member",
            who.spelling(),
            "--role",
            Role.RUN_INVOKER.name(),
            "--condition",
            "None");
  }

  /// Gives an account that was created anew what the plan has for it, or else lets it call.
  Remedy again(Resource.Account account, Resource.Service service) {
    var all = List.of(account, service);
    return planned().containsAll(all)
        ? Remedy.Own.of("apply")
        : invoke(service, account.principal());
  }

  /// Enables an account that is disabled.
  public static Remedy enable(Resource.Account account) {
    return ofAccount("enable", account.email(), account.projectId());
  }

  /// Restores an account that was deleted.
  ///
  /// @param uniqueId which one it was: an address may have had several
  static Remedy undelete(String uniqueId, Resource.Account account) {
    return ofAccount("undelete", uniqueId, account.projectId());
  }

  /// What gcloud does to an account.
  ///
  /// @param projectId `-` where it is not known
  private static Remedy ofAccount(String verb, String name, String projectId) {
    var words = new ArrayList<>(List.of("gcloud", "iam", "service-accounts", verb, name));
    if (!projectId.equals("-")) {
      words.addAll(List.of("--project", projectId));
    }
    return new Remedy.Shell(words);
  }

  /// What gcloud does to a service.
  ///
  /// @param verb such as `update` or `logs read`
  static Remedy ofService(Resource.Service service, String verb, String... more) {
    var words = new ArrayList<>(List.of("gcloud", "run", "services"));
    words.addAll(List.of(verb.split(" ")));
    words.addAll(
        List.of(
            service.serviceId(), "--region", service.region(), "--project", service.projectId()));
    words.addAll(List.of(more));
    return new Remedy.Shell(words);
  }

  private static Remedy grant(Principal who, String option, String target, String... more) {
    var words = new ArrayList<>(List.of(named(who), option, target));
    words.addAll(List.of(more));
    return new Remedy.Own("grant", words);
  }

  /// As people write them: by an address alone where that says what it is of.
  private static String named(Principal who) {
    var isAddress = who.type().equals("user") || who.type().equals("serviceAccount");
    return isAddress && Principal.ofAddress(who.value()).equals(who) ? who.value() : who.spelling();
  }

  private boolean isOurs(Resource resource) {
    var planned = planned();
    return planned.isEmpty() || planned.contains(resource);
  }

  private Set<Resource> planned() {
    return plan.desired().policies().stream().map(DesiredPolicy::resource).collect(toSet());
  }
}
