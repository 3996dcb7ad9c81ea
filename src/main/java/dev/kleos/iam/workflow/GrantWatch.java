package dev.kleos.iam.workflow;

import dev.kleos.iam.cloud.Backoff;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Timer;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planfile.PlanUsageException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Sees whether what was granted works, by asking Google as those who got it what they may do: the
/// caller, and accounts that the caller can act as. Nobody else can be asked for.
public final class GrantWatch implements AutoCloseable {
  /// What shows that somebody can act as an account, or call a service.
  private static final Set<String> OF_ACCOUNTS =
      Set.of(
          "iam.serviceAccounts.actAs",
          "iam.serviceAccounts.getAccessToken",
          "iam.serviceAccounts.getOpenIdToken");

  private static final Set<String> OF_SERVICES = Set.of("run.routes.invoke");

  /// IAM answers from many places, and they learn of a grant one by one: after a yes of one of them
  /// the next call can be refused by another. Three good answers a second apart is what Terraform
  /// waits for where a new account shows the same.
  private static final int IN_A_ROW = 3;

  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final Resource resource;
  private final Set<String> permissions;
  private final Map<Principal, Cloud> witnesses;
  private final List<Cloud> opened;

  private GrantWatch(
      Resource resource,
      Set<String> permissions,
      Map<Principal, Cloud> witnesses,
      List<Cloud> opened) {
    this.resource = resource;
    this.permissions = permissions;
    this.witnesses = witnesses;
    this.opened = opened;
  }

  /// Prepares to watch; nothing is granted yet.
  ///
  /// @param cloud asked what roles carry, and for tokens of accounts
  /// @param connection asked again and again later; tries nothing again by itself
  /// @throws PlanUsageException where it cannot be seen for everybody
  /// @throws CloudException where Google does not say whether it can
  public static GrantWatch of(
      GrantRequest request, PlanFiles files, Instant now, Cloud cloud, Cloud connection) {
    var permissions = permissions(request, files, now, cloud);
    var witnesses = new LinkedHashMap<Principal, Cloud>();
    var opened = new ArrayList<Cloud>();
    var unseen = new ArrayList<String>();
    try {
      for (var who : request.who()) {
        if (isCaller(who, cloud)) {
          witnesses.put(who, connection);
        } else {
          actingAs(who, cloud, connection)
              .ifPresentOrElse(
                  acting -> {
                    opened.add(acting);
                    witnesses.put(who, acting);
                  },
                  () -> unseen.add(who.spelling()));
        }
      }
      if (!unseen.isEmpty()) {
        throw new PlanUsageException(unseen(unseen));
      }
    } catch (RuntimeException e) {
      opened.forEach(Cloud::close);
      throw e;
    }
    return new GrantWatch(request.resource(), permissions, witnesses, opened);
  }

  /// Makes sure that it can be seen, as far as that is known without a token of anybody.
  ///
  /// @throws PlanUsageException where it cannot
  /// @throws CloudException where Google does not say whether it can
  public static void check(GrantRequest request, PlanFiles files, Instant now, Cloud cloud) {
    var _ = permissions(request, files, now, cloud);
    var unseen =
        request.who().stream()
            .filter(who -> !isCaller(who, cloud) && !isAccount(who))
            .map(Principal::spelling)
            .toList();
    if (!unseen.isEmpty()) {
      throw new PlanUsageException(unseen(unseen));
    }
  }

  /// What is watched, e.g. `run.routes.invoke`.
  public Set<String> permissions() {
    return permissions;
  }

  /// Waits until it is seen to work for everybody, three times in a row.
  ///
  /// @param time how long at most
  /// @param told how long it has been waited
  public Result await(Duration time, Timer timer, RandomGenerator random, Consumer<Duration> told)
      throws InterruptedException {
    var begin = timer.now();
    var end = begin.plus(time);
    var attempts = Backoff.forGrants(end, timer, random).start();
    var good = 0;
    while (true) {
      var answer = ask();
      good = answer.effective() ? good + 1 : 0;
      if (good == IN_A_ROW || answer.isFinal()) {
        return answer;
      }
      told.accept(Duration.between(begin, timer.now()));
      if (good == 0 ? !attempts.again() : !timer.now().plus(BETWEEN).isBefore(end)) {
        return new Result(false, answer.error());
      }
      if (good > 0) {
        timer.sleep(BETWEEN);
      }
    }
  }

  @Override
  public void close() {
    opened.forEach(Cloud::close);
  }

  private Result ask() {
    for (var witness : witnesses.values()) {
      try {
        if (!witness.permissions().held(resource, permissions).containsAll(permissions)) {
          return new Result(false, Optional.empty());
        }
      } catch (CloudException e) {
        return new Result(false, Optional.of(e));
      }
    }
    return new Result(true, Optional.empty());
  }

  private static boolean isCaller(Principal who, Cloud cloud) {
    return cloud.caller().principal().filter(who::equals).isPresent();
  }

  private static boolean isAccount(Principal who) {
    return who.type().equals("serviceAccount");
  }

  /// What shows that the grant works.
  private static Set<String> permissions(
      GrantRequest request, PlanFiles files, Instant now, Cloud cloud) {
    var draft = GrantDraft.of(request, files, now);
    var showing =
        switch (request.resource()) {
          case Resource.Account _ -> OF_ACCOUNTS;
          case Resource.Service _ -> OF_SERVICES;
          case Resource.Project _ -> Set.<String>of();
        };
    var roles = new TreeSet<Role>();
    for (var policy : draft.desired().policies()) {
      policy.grants().forEach(grant -> roles.add(grant.role()));
    }
    var permissions = new TreeSet<String>();
    roles.forEach(role -> permissions.addAll(cloud.catalog().permissions(role)));
    permissions.retainAll(showing);
    if (permissions.isEmpty()) {
      throw new PlanUsageException(
          "what these roles let somebody do cannot be seen from here; leave --wait out");
    }
    return permissions;
  }

  /// The cloud as an account; empty where the caller cannot act as it, or it is no account.
  private static Optional<Cloud> actingAs(Principal who, Cloud cloud, Cloud connection) {
    if (!isAccount(who)) {
      return Optional.empty();
    }
    try {
      var token = cloud.tokens().accessToken(Resource.Account.ofEmail(who.value()), List.of());
      return Optional.of(connection.as(token));
    } catch (CloudException.Denied | CloudException.NotFound | CloudException.Rejected e) {
      return Optional.empty();
    }
  }

  private static String unseen(List<String> who) {
    return "whether it works for "
        + String.join(", ", who)
        + " cannot be seen from here, so nothing was granted: only for yourself and accounts that"
        + " you can act as; leave --wait out, and have them run kleos-iam doctor --wait";
  }

  /// How it stands.
  ///
  /// @param effective whether it was seen to work
  /// @param error what came instead of an answer; empty where there was one
  public record Result(boolean effective, Optional<CloudException> error) {
    /// What came instead of an answer.
    public Optional<Failure> failure() {
      return error.map(CloudException::failure);
    }

    /// Whether asking again would not help: a denial or a fault may pass.
    boolean isFinal() {
      return error.filter(CloudException.Unavailable.class::isInstance).isPresent();
    }
  }
}
