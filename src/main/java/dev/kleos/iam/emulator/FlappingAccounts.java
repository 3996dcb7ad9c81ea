package dev.kleos.iam.emulator;

import com.google.iam.v1.SetIamPolicyRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Hides new accounts from every second call that is about them.
final class FlappingAccounts implements Staging {
  private static final Set<String> METHODS =
      Set.of("GetServiceAccount", "PatchServiceAccount", "GetIamPolicy", "SetIamPolicy");

  private final World world;
  private final Clock clock;
  private final Optional<Duration> time;

  /// By unique id.
  private final Map<String, New> accounts = new HashMap<>();

  FlappingAccounts(World world, Clock clock, Optional<Duration> time) {
    this.world = world;
    this.clock = clock;
    this.time = time;
  }

  @Override
  public Optional<Effect> on(Call call, Object request) {
    if (METHODS.stream().noneMatch(call::is)) {
      return Optional.empty();
    }
    var hidden = new LinkedHashSet<String>();
    var isDenied = false;
    for (var uniqueId : about(call, request)) {
      var account = accounts.get(uniqueId);
      if (account != null && isNew(account)) {
        account.calls++;
        if (account.calls % 2 == 0) {
          hidden.add(uniqueId);
          isDenied |= account.calls % 4 == 0;
        }
      }
    }
    return hidden.isEmpty() ? Optional.empty() : Optional.of(new Effect.Hidden(hidden, isDenied));
  }

  @Override
  public void created(String uniqueId) {
    accounts.put(uniqueId, new New(clock.instant()));
  }

  private boolean isNew(New account) {
    return time.filter(each -> !clock.instant().isBefore(account.created.plus(each))).isEmpty();
  }

  /// The unique ids of the accounts that a call is for, or that a policy names which it brings.
  private Set<String> about(Call call, Object request) {
    var about = new LinkedHashSet<String>();
    if (ResourceName.parse(call.resource()).orElse(null) instanceof ResourceName.OfAccount name) {
      world.account(name).map(Account::uniqueId).ifPresent(about::add);
    }
    members(request)
        .filter(member -> member.startsWith("serviceAccount:"))
        .flatMap(member -> world.accounts.live(member.substring(member.indexOf(':') + 1)).stream())
        .map(Account::uniqueId)
        .forEach(about::add);
    return about;
  }

  private static Stream<String> members(Object request) {
    return request instanceof SetIamPolicyRequest write
        ? write.getPolicy().getBindingsList().stream()
            .flatMap(binding -> binding.getMembersList().stream())
        : Stream.empty();
  }

  private static final class New {
    private final Instant created;
    private int calls;

    New(Instant created) {
      this.created = created;
    }
  }
}
