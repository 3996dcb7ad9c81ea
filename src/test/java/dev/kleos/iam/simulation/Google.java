package dev.kleos.iam.simulation;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What Google holds, and what it does the moment a call arrives. It keeps every version of every
/// policy, with who wrote it.
final class Google {
  /// The project that all of it is in.
  static final String PROJECT = "kleos-demo";

  /// Its number.
  static final String NUMBER = "123456789012";

  /// Who wrote what was there from the beginning.
  static final String NATURE = "nature";

  private final Map<Resource.Account, Account> accounts = new LinkedHashMap<>();
  private final Map<Resource, History> histories = new LinkedHashMap<>();
  private final Map<String, String> aliases;
  private final Set<String> refused;
  private final Scheduler scheduler;
  private final Weather weather;
  private final Tally tally;
  private final Dice dice;
  private int etags;

  /// @param aliases by the name that is sent, the one that is stored
  /// @param refused members that no policy gets
  Google(
      Map<String, String> aliases,
      Set<String> refused,
      Scheduler scheduler,
      Weather weather,
      Tally tally,
      Dice dice) {
    this.aliases = aliases;
    this.refused = refused;
    this.scheduler = scheduler;
    this.weather = weather;
    this.tally = tally;
    this.dice = dice;
  }

  /// What was there from the beginning.
  void begin(Resource resource, Set<Line> lines, int exemptions) {
    histories.put(resource, new History());
    store(resource, lines, exemptions, NATURE, lines);
  }

  /// An account that was there from the beginning.
  void begin(ServiceAccount account) {
    accounts.put(account.resource(), new Account(account, scheduler.now(), NATURE));
  }

  History history(Resource resource) {
    return histories.computeIfAbsent(resource, _ -> new History());
  }

  /// Every policy there is.
  Map<Resource, History> histories() {
    return histories;
  }

  /// The account now, whoever sees it.
  Optional<Account> account(Resource.Account account) {
    return Optional.ofNullable(accounts.get(account));
  }

  boolean isRefused(String member) {
    return refused.contains(Line.key(member));
  }

  boolean isAlias(String member) {
    return aliases.containsKey(Line.key(member));
  }

  /// Whether somebody has another name, too.
  boolean isStoredForAnother(String member) {
    return aliases.containsValue(Line.key(member));
  }

  /// The name that Google holds somebody by.
  String stored(String member) {
    return aliases.getOrDefault(Line.key(member), member);
  }

  Optional<ServiceAccount> find(Resource.Account account) {
    return account(account).filter(_ -> isSeen(account)).map(Account::account);
  }

  void create(ServiceAccount desired, String author) {
    var resource = desired.resource();
    if (accounts.containsKey(resource)) {
      throw new CloudException.AlreadyExists(failure("ALREADY_EXISTS", resource, "exists", null));
    }
    var settled = scheduler.now().plus(weather.untilAnAccountIsSeen());
    var account = described(desired, described(desired, "", "", 1), 1);
    accounts.put(resource, new Account(account, settled, author));
    begin(resource, Set.of(), 0);
  }

  void update(ServiceAccount desired, String author) {
    requireSeen(desired.resource());
    accounts.computeIfPresent(
        desired.resource(),
        (_, live) -> new Account(described(desired, live.account, 1), live.settled, author));
  }

  /// The policy as it was some time ago.
  Version read(Resource resource, Duration ago) {
    requireSeen(resource);
    return history(resource).at(scheduler.now().minus(ago));
  }

  /// The policy now, for whoever is about to write.
  Version live(Resource resource) {
    requireSeen(resource);
    return history(resource).current();
  }

  /// What it says to whoever was too late.
  Policies.Conflict conflict() {
    tally.count(Tally.What.CONFLICTS);
    return new Policies.Conflict();
  }

  /// Stores lines, whatever there is.
  Version write(Resource resource, Set<Line> sent, int exemptions, String author) {
    var live = history(resource).current();
    for (var line : sent) {
      requireMember(resource, line, live);
    }
    var stored = new LinkedHashSet<Line>();
    for (var line : sent) {
      if (isAlias(line.member())) {
        tally.count(Fault.ALIAS);
      }
      stored.add(line.with(stored(line.member())));
    }
    return store(resource, stored, exemptions, author, sent);
  }

  private Version store(
      Resource resource, Set<Line> lines, int exemptions, String author, Set<Line> sent) {
    var etag = Base64.getEncoder().encodeToString(("v" + ++etags).getBytes(StandardCharsets.UTF_8));
    var version = Version.of(etag, lines, exemptions, scheduler.now(), author, sent);
    history(resource).add(version);
    return version;
  }

  /// A recent account is now seen, now not.
  private boolean isSeen(Resource.Account account) {
    var live = accounts.get(account);
    if (live == null) {
      return false;
    }
    if (scheduler.now().isBefore(live.settled) && weather.coin()) {
      tally.count(Fault.FLAP);
      return false;
    }
    return true;
  }

  private void requireSeen(Resource resource) {
    if (resource instanceof Resource.Account account && !isSeen(account)) {
      throw dice.chance(20)
          ? new CloudException.Denied(failure("PERMISSION_DENIED", resource, "denied", null))
          : new CloudException.NotFound(failure("NOT_FOUND", resource, "not found", null));
    }
  }

  private void requireMember(Resource resource, Line line, Version live) {
    var member = line.member();
    if (isRefused(member) && !live.keys().contains(line.key())) {
      tally.count(Fault.REFUSED);
      throw new CloudException.Rejected(
          failure("INVALID_ARGUMENT", resource, member + " does not exist.", member));
    }
    if (member.endsWith("@" + PROJECT + ".iam.gserviceaccount.com")
        && member.startsWith("serviceAccount:")) {
      var email = member.substring(member.indexOf(':') + 1);
      if (!isSeen(Resource.Account.ofEmail(email))) {
        throw new CloudException.Rejected(
            failure(
                "INVALID_ARGUMENT", resource, "Service account " + email + " is not there", email));
      }
    }
  }

  private static ServiceAccount described(ServiceAccount desired, ServiceAccount live, int id) {
    return described(
        desired,
        live.displayName() == null ? "" : live.displayName(),
        live.description() == null ? "" : live.description(),
        id);
  }

  private static ServiceAccount described(
      ServiceAccount desired, String displayName, String description, int id) {
    return new ServiceAccount(
        desired.resource(),
        desired.displayName() == null ? displayName : desired.displayName(),
        desired.description() == null ? description : desired.description(),
        "10000000000000000000" + id,
        false);
  }

  /// What Google says.
  static Failure failure(
      String code, @Nullable Resource resource, String message, @Nullable String culprit) {
    return new Failure(code, resource == null ? "" : resource.name(), message, "", culprit, null);
  }

  /// An account.
  ///
  /// @param settled from when on every call sees it
  /// @param author the process that last created or described it
  record Account(ServiceAccount account, Instant settled, String author) {}
}
