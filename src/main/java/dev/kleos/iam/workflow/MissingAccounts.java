package dev.kleos.iam.workflow;

import static java.util.stream.Collectors.toSet;

import dev.kleos.iam.cloud.Accounts;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Concurrently;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Finding;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Similar;
import dev.kleos.iam.planner.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/// Looks up the accounts that are about to get something, before the first write: one that is not
/// there makes Google refuse the whole policy. Only accounts of the plan's own projects are asked
/// for, each once, and only what Google says is not there is refused: a denial proves nothing.
final class MissingAccounts {
  private final DesiredState desired;
  private final Accounts accounts;
  private final Set<Resource> known = new LinkedHashSet<>();
  private final Set<String> projects;
  private final Map<String, List<Resource.Account>> listed = new HashMap<>();

  private MissingAccounts(DesiredState desired, Accounts accounts) {
    this.desired = desired;
    this.accounts = accounts;
    desired.accounts().forEach(account -> known.add(account.resource()));
    desired.policies().forEach(policy -> known.add(policy.resource()));
    this.projects = known.stream().map(Resource::projectId).collect(toSet());
    projects.remove("-");
  }

  /// A refusal for each policy and each account that is not there and would get something in it.
  static List<Refusal> check(DesiredState desired, ChangeSet changeSet, Accounts accounts)
      throws InterruptedException {
    return new MissingAccounts(desired, accounts).check(changeSet);
  }

  private List<Refusal> check(ChangeSet changeSet) throws InterruptedException {
    var wanted = new LinkedHashMap<Wanted, Grant>();
    for (var change : changeSet.changes()) {
      if (change instanceof Change.ModifyPolicy modify) {
        addNewcomers(modify, wanted);
      }
    }
    var nearest = new LinkedHashMap<Resource.Account, Optional<Resource.Account>>();
    missing(wanted.keySet()).forEach(account -> nearest.put(account, nearest(account)));
    var refusals = new ArrayList<Refusal>();
    wanted.forEach((place, grant) -> {
      var near = nearest.get(place.account());
      if (near != null) {
        var remedy = restoration(changeSet, grant.principal()).orElseGet(() -> remedy(near));
        refusals.add(refusal(place.resource(), grant, remedy));
      }
    });
    return refusals;
  }

  /// Adds the accounts that have nothing in the policy so far, each with a grant that it would get.
  private void addNewcomers(Change.ModifyPolicy change, Map<Wanted, Grant> wanted) {
    var members = change.planned().grants().stream().map(Grant::principal).collect(toSet());
    for (var grant : change.diff().added()) {
      if (!members.contains(grant.principal())) {
        account(grant.principal())
            .map(account -> new Wanted(change.resource(), account))
            .ifPresent(place -> wanted.putIfAbsent(place, grant));
      }
    }
  }

  /// The account that a principal is, if it is one of the plan's projects that nobody vouches for.
  private Optional<Resource.Account> account(Principal principal) {
    var email = principal.value().toLowerCase(Locale.ROOT);
    return principal.type().equals("serviceAccount")
            && email.contains("@")
            && !principal.isServiceAgent()
        ? Optional.of(Resource.Account.ofEmail(email))
            .filter(account -> projects.contains(account.projectId()) && !known.contains(account))
        : Optional.empty();
  }

  private List<Resource.Account> missing(Set<Wanted> wanted) throws InterruptedException {
    var lookups = new ArrayList<Callable<Optional<Resource.Account>>>();
    for (var account : wanted.stream().map(Wanted::account).distinct().toList()) {
      lookups.add(() -> Optional.of(account).filter(this::isMissing));
    }
    return Concurrently.all(lookups).stream().flatMap(Optional::stream).toList();
  }

  private boolean isMissing(Resource.Account account) {
    try {
      return accounts.find(account).isEmpty();
    } catch (CloudException e) {
      return false;
    }
  }

  private Optional<Resource.Account> nearest(Resource.Account missing) {
    var candidates = new ArrayList<Resource.Account>();
    desired.accounts().forEach(account -> candidates.add(account.resource()));
    candidates.addAll(listed.computeIfAbsent(missing.projectId(), this::list));
    return Similar.nearest(missing.email(), candidates, Resource.Account::email);
  }

  /// A suggestion is a kindness: what cannot be listed is not suggested.
  private List<Resource.Account> list(String projectId) {
    try {
      return accounts.list(projectId).stream().map(ServiceAccount::resource).toList();
    } catch (CloudException e) {
      return List.of();
    }
  }

  private static Refusal refusal(Resource resource, Grant grant, String remedy) {
    return new Refusal(
        resource,
        "would grant " + grant.role() + " to " + grant.principal() + ", which does not exist",
        remedy,
        grant.assignment());
  }

  /// One that was deleted is better restored than created anew.
  private static Optional<String> restoration(ChangeSet changeSet, Principal principal) {
    return changeSet.findings().stream()
        .filter(
            finding -> finding instanceof Finding.Lost lost && lost.principal().equals(principal))
        .map(finding -> ((Finding.Lost) finding).advice())
        .findFirst();
  }

  private static String remedy(Optional<Resource.Account> nearest) {
    return nearest.map(near -> "did you mean " + near.principal() + "? If not, ").orElse("")
        + "create it first, or write its id under serviceAccounts; one that was created a moment ago"
        + " is seen in a minute";
  }

  /// An account that is to get something there.
  private record Wanted(Resource resource, Resource.Account account) {}
}
