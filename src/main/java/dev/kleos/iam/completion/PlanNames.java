package dev.kleos.iam.completion;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.NoPlanException;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planfile.PlanKey;
import dev.kleos.iam.planfile.PlanSources;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planfile.PrincipalArgument;
import dev.kleos.iam.planfile.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The names that plan files hold, as far as they can be read: of a file with problems all that
/// could be made out of it.
final class PlanNames {
  /// Stands for a project that nothing tells.
  private static final String UNKNOWN = "-";

  private final CompiledPlan plan;
  private final List<Resource> resources;
  private final Set<Resource> homonyms;
  private final Map<Principal, String> ids;

  private PlanNames(CompiledPlan plan) {
    this.plan = plan;
    resources = plan.origins().keys().stream().map(PlanKey::resource).distinct().toList();
    homonyms = homonyms(resources);
    ids =
        plan.desired().accounts().stream()
            .map(ServiceAccount::resource)
            .collect(toMap(Resource.Account::principal, Resource.Account::accountId));
  }

  /// Reads the files.
  ///
  /// @param files as they are named on the command line; empty for the default
  /// @return empty where there are none, or nobody can tell which project they are for
  static Optional<PlanNames> read(Path directory, List<String> files, Settings settings) {
    try {
      var plans = new PlanFiles(PlanSources.find(directory, files), settings);
      // An entry that has ended is a name like any other.
      return Optional.of(new PlanNames(plans.compile(Instant.EPOCH)));
    } catch (NoPlanException | PlanUsageException none) {
      return Optional.empty();
    }
  }

  List<Candidate> projects() {
    return plan.origins().projects().values().stream()
        .distinct()
        .filter(id -> !id.equals(UNKNOWN))
        .map(id -> Candidate.of(id, "project"))
        .toList();
  }

  /// By id where that is no other's too, and by address.
  List<Candidate> accounts() {
    return all(Resource.Account.class)
        .map(it -> new Candidate(spellings(it), "service account " + it.email()))
        .toList();
  }

  /// By `NAME` where that is in one region only, and by `REGION/NAME`.
  List<Candidate> services() {
    return all(Resource.Service.class)
        .map(it -> new Candidate(spellings(it), "service in " + it.region()))
        .toList();
  }

  /// Everybody whom an entry names, and the accounts of the plan.
  List<Candidate> principals() {
    var known = named(_ -> true);
    known.keySet().removeIf(Principal::isPublic);
    ids.keySet()
        .forEach(account ->
            known.putIfAbsent(
                account, new Candidate(spellings(account), "service account of the plan")));
    return List.copyOf(known.values());
  }

  /// Those whom an entry names on the resources that are meant.
  ///
  /// @param targets ids, names or addresses; empty for all
  List<Candidate> holders(List<String> targets) {
    return List.copyOf(
        named(it -> targets.isEmpty() || spellings(it).stream().anyMatch(targets::contains))
            .values());
  }

  private Map<Principal, Candidate> named(Predicate<Resource> isMeant) {
    var places = new LinkedHashMap<Principal, Set<String>>();
    for (var entry : plan.origins().entries()) {
      if (isMeant.test(entry.resource())) {
        places
            .computeIfAbsent(entry.principal(), _ -> new LinkedHashSet<>())
            .add(spellings(entry.resource()).getFirst());
      }
    }
    var named = new LinkedHashMap<Principal, Candidate>();
    places.forEach((who, where) ->
        named.put(
            who,
            new Candidate(spellings(who), "on " + where.stream().limit(5).collect(joining(", ")))));
    return named;
  }

  /// An account of the plan by its id, whose type an address tells by that, everybody as in a plan
  /// file.
  private List<String> spellings(Principal principal) {
    var spellings = new ArrayList<String>();
    Optional.ofNullable(ids.get(principal)).ifPresent(spellings::add);
    if (PrincipalArgument.isToldByAddress(principal.spelling())) {
      spellings.add(principal.value());
    }
    spellings.add(principal.spelling());
    return spellings;
  }

  private List<String> spellings(Resource resource) {
    return switch (resource) {
      case Resource.Account it -> spellings(it, it.accountId(), it.email());
      case Resource.Service it -> spellings(it, it.serviceId(), it.regionAndId());
      case Resource.Project it -> List.of(it.projectId());
    };
  }

  private List<String> spellings(Resource resource, String brief, String full) {
    return homonyms.contains(resource) ? List.of(full) : List.of(brief, full);
  }

  /// The accounts of one id and the services of one name that a plan has several of.
  private static Set<Resource> homonyms(List<Resource> resources) {
    var first = new HashMap<String, Resource>();
    var homonyms = new HashSet<Resource>();
    for (var resource : resources) {
      var brief =
          switch (resource) {
            case Resource.Account it -> it.accountId() + "@";
            case Resource.Service it -> it.serviceId();
            case Resource.Project it -> it.name();
          };
      var other = first.putIfAbsent(brief, resource);
      if (other != null) {
        homonyms.addAll(List.of(other, resource));
      }
    }
    return homonyms;
  }

  private <T extends Resource> Stream<T> all(Class<T> kind) {
    return resources.stream().filter(kind::isInstance).map(kind::cast);
  }
}
