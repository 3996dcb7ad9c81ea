package dev.kleos.iam.planner;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Finding;
import dev.kleos.iam.model.Finding.Trace;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Limit;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Collects, while policies are planned, what somebody should know besides.
final class Findings {
  /// Long enough before the end for somebody to ask for more time.
  private static final Duration SOON = Duration.ofDays(7);

  private final LiveState live;
  private final Instant now;
  private final Map<Principal, Principal> planned = new HashMap<>();
  private final Map<Principal, Resource.Account> accounts = new HashMap<>();
  private final Map<Principal, List<Trace>> traces = new LinkedHashMap<>();
  private final Set<Principal> present = new HashSet<>();
  private final Set<Principal> agents;
  private final List<Finding> findings = new ArrayList<>();

  /// Nothing found yet.
  Findings(DesiredState desired, LiveState live, Pruning pruning, Instant now) {
    this.live = live;
    this.agents = new TreeSet<>(pruning.agents());
    this.now = now;
    for (var policy : desired.policies()) {
      policy.grants().forEach(grant -> planned.put(grant.principal(), grant.principal()));
    }
    for (var account : desired.accounts()) {
      var principal = account.resource().principal();
      planned.put(principal, principal);
      accounts.put(principal, account.resource());
    }
  }

  /// Looks at a policy.
  ///
  /// @param found as it is
  /// @param next as it would be written
  void add(DesiredPolicy policy, Ownership ownership, AllowPolicy found, AllowPolicy next) {
    for (var limit : Limit.values()) {
      var usage = Usage.of(limit, next);
      if (usage.isNear()) {
        findings.add(new Finding.Headroom(policy.resource(), usage));
      }
    }
    var deleted = 0;
    for (var grant : found.grants()) {
      var isKept = next.grants().contains(grant);
      if (!isKept) {
        agents.remove(grant.principal());
      }
      present.add(grant.principal());
      if (grant.principal().isDeleted()) {
        remember(policy.resource(), grant);
        deleted += isKept && ownership.isManaged(grant) ? 1 : 0;
      } else if (isKept && ownership.isManaged(grant) && !grant.principal().isServiceAgent()) {
        end(grant)
            .filter(_ -> !isReported(ownership, grant))
            .ifPresent(end -> findings.add(new Finding.Ending(policy.resource(), grant, end)));
      }
    }
    if (deleted > 0) {
      findings.add(new Finding.DeletedMembers(policy.resource(), deleted));
    }
  }

  /// All that was found.
  List<Finding> all() {
    agents.forEach(
        agent -> findings.add(new Finding.NothingToRemove(agent, planned.containsKey(agent))));
    traces.forEach((principal, lost) -> {
      lost.sort(Comparator.comparing(trace -> trace.grant().principal()));
      findings.add(new Finding.Lost(principal, isBack(principal), lost));
    });
    return findings;
  }

  /// What is listed as unmanaged, with its end.
  private boolean isReported(Ownership ownership, Grant grant) {
    return ownership.of(grant) == Ownership.Verdict.REPORT && !grant.hasEnded(now);
  }

  /// An account of the plan is there or not; anybody else is, who has something again.
  private boolean isBack(Principal principal) {
    return accounts.containsKey(principal)
        ? live.account(accounts.get(principal)) instanceof Live.Read
        : present.contains(principal);
  }

  private void remember(Resource resource, Grant grant) {
    var principal = grant.principal().deleted().map(planned::get).orElse(null);
    if (principal != null && !isOf(grant.principal(), uniqueId(principal))) {
      traces
          .computeIfAbsent(principal, _ -> new ArrayList<>())
          .add(new Finding.Trace(resource, grant));
    }
  }

  /// A trace of an account that is there under the same unique id is a read from before it was
  /// restored.
  private static boolean isOf(Principal trace, @Nullable String uniqueId) {
    return trace.deletedId().filter(id -> id.equals(uniqueId)).isPresent();
  }

  /// Of an account of the plan that is there; null for anybody else.
  private @Nullable String uniqueId(Principal principal) {
    var account = accounts.get(principal);
    return account != null && live.account(account) instanceof Live.Read<ServiceAccount>(var found)
        ? found.uniqueId()
        : null;
  }

  private Optional<Instant> end(Grant grant) {
    return Optional.ofNullable(grant.condition())
        .flatMap(Condition::end)
        .filter(end -> !end.isAfter(now.plus(SOON)));
  }
}
