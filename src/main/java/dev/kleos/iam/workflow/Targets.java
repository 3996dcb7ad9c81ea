package dev.kleos.iam.workflow;

import dev.kleos.iam.cloud.Accounts;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.PlanTemplate.Blank;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planfile.PrincipalArgument;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds the account or the service that a person means. Every method throws [PlanUsageException]
/// where there is none, or more than one, and names those there are.
public final class Targets {
  /// What the description or the display name of the account says that the procedure before this
  /// tool had everybody look for.
  private static final String MARK = "kleos invoker";

  /// What may stand before an address, as it does in a plan file.
  private static final String TYPE = "serviceAccount:";

  private final CompiledPlan plan;

  public Targets(CompiledPlan plan) {
    this.plan = plan;
  }

  /// The account of the plan by its id or address; without either, the only one there is: of those
  /// that the plan creates, else of those that it refers to. Where the plan has none, the account
  /// of its project that is named, or described as the one to call Kleos with.
  ///
  /// @throws dev.kleos.iam.cloud.CloudException where the project's accounts cannot be listed
  public Resource.Account account(@Nullable String named, Accounts live) {
    return planned(named).orElseGet(() -> ofProject(named, live));
  }

  /// The same, but empty where the plan has none; asks nobody.
  public Optional<Resource.Account> planned(@Nullable String named) {
    var all =
        resources(Resource.Account.class, Resource.Account::email, Resource.Account::accountId);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    if (named != null) {
      var address = named.startsWith(TYPE) ? named.substring(TYPE.length()) : named;
      return Optional.of(named("account", address.toLowerCase(Locale.ROOT), all, "--account"));
    }
    var own = plan.desired().accounts().stream().map(ServiceAccount::resource).toList();
    return Optional.of(
        only(
            "account",
            all.stream().filter(one -> own.isEmpty() || own.contains(one.value())).toList(),
            "--account"));
  }

  /// Any account, whether a plan names it or not: by its address, or by its id in the plan's
  /// project.
  public Resource.Account any(String named) {
    if (!named.contains("@")) {
      return Resource.Account.inProject(project(), checked(Blank.ACCOUNT, named));
    }
    var principal = PrincipalArgument.parse(named, plan).principal();
    if (!principal.type().equals("serviceAccount")) {
      throw new PlanUsageException("\"" + named + "\" is no service account");
    }
    return Resource.Account.ofEmail(principal.value().toLowerCase(Locale.ROOT));
  }

  /// The account that counts beside a plan that has none: the one that is named, or described as
  /// the one to call Kleos with, if there is one.
  public Optional<Resource.Account> beside(@Nullable String named, Accounts live) {
    var all =
        resources(Resource.Account.class, Resource.Account::email, Resource.Account::accountId);
    if (!all.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ofProject(named, live));
    } catch (PlanUsageException noneOrSeveral) {
      if (named != null) {
        throw noneOrSeveral;
      }
      return Optional.empty();
    }
  }

  /// The service of the plan by `NAME` or `REGION/NAME`.
  public Resource.Service service(String named) {
    var all = services();
    if (all.isEmpty()) {
      throw new PlanUsageException("the plan has no service; write it into the plan file");
    }
    return named("service", named, all, "--service");
  }

  /// The service that is to be called: of the plan by `NAME` or `REGION/NAME`, else any of its
  /// project by `REGION/NAME`; without a name, the only one that the plan has.
  public Resource.Service called(@Nullable String named) {
    var all = services();
    if (named == null) {
      if (all.isEmpty()) {
        throw new PlanUsageException("no plan names a service; say which: REGION/NAME");
      }
      return only("service", all, "its name");
    }
    var isOfPlan =
        all.stream().anyMatch(one -> named.equals(one.full()) || named.equals(one.brief()));
    var parts = named.split("/", -1);
    if (isOfPlan || (parts.length != 2 && !all.isEmpty())) {
      return named("service", named, all, "REGION/NAME");
    }
    if (parts.length != 2) {
      throw new PlanUsageException(
          "without a plan file a service is named with its region, as in us-central1/" + named);
    }
    return new Resource.Service(
        project(), checked(Blank.REGION, parts[0]), checked(Blank.SERVICE, parts[1]));
  }

  private List<Named<Resource.Service>> services() {
    return resources(
        Resource.Service.class, Resource.Service::regionAndId, Resource.Service::serviceId);
  }

  private String project() {
    var projects = plan.origins().projects().values().stream().distinct().toList();
    if (projects.size() != 1) {
      throw new PlanUsageException("there is not one project; name a plan file with -f");
    }
    return projects.getFirst();
  }

  private Resource.Account ofProject(@Nullable String named, Accounts live) {
    var projects = plan.origins().projects().values().stream().distinct().toList();
    if (projects.size() != 1) {
      throw new PlanUsageException("the plan has no account; name a plan file with -f");
    }
    var project = projects.getFirst();
    if (named != null) {
      return any(named);
    }
    var found =
        live.list(project).stream()
            .filter(Targets::isDescribed)
            .map(ServiceAccount::resource)
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new PlanUsageException(
        "the plan has no account, and "
            + (found.isEmpty()
                ? "none of the project " + project + " says \"Kleos invoker\" in its description"
                : "several of the project "
                    + project
                    + " say \"Kleos invoker\" in their description: "
                    + String.join(", ", found.stream().map(Resource.Account::email).toList()))
            + "; say which with --account");
  }

  private static String checked(Blank kind, String text) {
    kind.problem(text)
        .ifPresent(problem -> {
          throw new PlanUsageException(problem);
        });
    return text;
  }

  private static boolean isDescribed(ServiceAccount account) {
    return says(account.description()) || says(account.displayName());
  }

  private static boolean says(@Nullable String text) {
    return text != null && text.toLowerCase(Locale.ROOT).contains(MARK);
  }

  private <T extends Resource> List<Named<T>> resources(
      Class<T> kind, Function<T, String> full, Function<T, String> brief) {
    return plan.desired().policies().stream()
        .map(DesiredPolicy::resource)
        .filter(kind::isInstance)
        .map(kind::cast)
        .map(one -> new Named<>(one, full.apply(one), brief.apply(one)))
        .toList();
  }

  private static <T> T named(String kind, String wanted, List<Named<T>> all, String option) {
    var found =
        all.stream()
            .filter(one -> wanted.equals(one.full()) || wanted.equals(one.brief()))
            .toList();
    if (!found.isEmpty()) {
      return only(kind, found, option);
    }
    var isFull = wanted.contains("@") || wanted.contains("/");
    throw PlanUsageException.nearest(
        "the plan has no " + kind + " \"" + wanted + "\"",
        wanted,
        all,
        one -> isFull || isAmbiguous(one, all) ? one.full() : one.brief(),
        "; it has " + names(all));
  }

  private static <T> boolean isAmbiguous(Named<T> one, List<Named<T>> all) {
    return all.stream().filter(other -> other.brief().equals(one.brief())).count() > 1;
  }

  private static <T> T only(String kind, List<Named<T>> found, String option) {
    if (found.size() > 1) {
      throw new PlanUsageException(
          "there are several " + kind + "s: " + names(found) + "; say which with " + option);
    }
    return found.getFirst().value();
  }

  private static <T> String names(List<Named<T>> all) {
    return String.join(", ", all.stream().map(Named::full).toList());
  }

  /// A resource and what a person calls it.
  private record Named<T>(T value, String full, String brief) {}
}
