package dev.kleos.iam.cloud;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.ServiceAccount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Google in memory, written by hand: real etags, and a script of what happens just before a call.
/// That it behaves as Google's own client on the emulator does is what the contract test says.
public final class FakeCloud implements Cloud {
  /// What is called.
  public enum Op {
    FIND,
    LIST,
    CREATE,
    UPDATE,
    READ,
    WRITE
  }

  /// What calls are about that ask for a role.
  public static final Resource NOWHERE = new Resource.Project("-");

  /// One call.
  public record Call(Op op, Resource resource) {}

  private final Map<Resource.Account, ServiceAccount> accounts = new LinkedHashMap<>();
  private final Map<Resource, AllowPolicy> policies = new HashMap<>();
  private final Map<Resource.Project, String> projects = new HashMap<>();
  private final Set<Resource.Service> services = new LinkedHashSet<>();
  private final Map<Role, Set<String>> roles = new HashMap<>();
  private final Map<Call, Deque<Runnable>> script = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<AllowPolicy> sent = new ArrayList<>();
  private UnaryOperator<Grant> storedAs = UnaryOperator.identity();
  private Predicate<Grant> refused = _ -> false;
  private int etags = 1;

  /// A project of the number 123456789012, without services or accounts.
  public static FakeCloud of(String projectId) {
    var cloud = new FakeCloud();
    cloud.projects.put(new Resource.Project(projectId), "123456789012");
    return cloud;
  }

  /// The event that a call ends with this failure.
  public static Runnable failing(CloudException failure) {
    return () -> {
      throw failure;
    };
  }

  /// Deploys a service.
  public FakeCloud with(Resource.Service service) {
    services.add(service);
    return this;
  }

  /// Defines a role.
  public FakeCloud with(Role role, String... permissions) {
    roles.put(role, Set.of(permissions));
    return this;
  }

  /// Creates an account.
  public FakeCloud with(ServiceAccount account) {
    accounts.put(account.resource(), account);
    return this;
  }

  /// What someone else did: writes other grants, under a fresh etag.
  public synchronized AllowPolicy put(Resource resource, Grant... grants) {
    return store(resource, List.of(grants));
  }

  /// What someone else did: adds grants to whatever there is, under a fresh etag.
  public synchronized void add(Resource resource, Grant... grants) {
    var next = new ArrayList<>(spelled(policy(resource)));
    next.addAll(List.of(grants));
    store(resource, next);
  }

  /// The policy now.
  public synchronized AllowPolicy policy(Resource resource) {
    return policies.getOrDefault(resource, AllowPolicy.of("ACAB", List.of()));
  }

  /// The account now.
  public synchronized Optional<ServiceAccount> account(Resource.Account account) {
    return Optional.ofNullable(accounts.get(account));
  }

  /// Just before the next call of this kind, and then the one after it, and so on: one event each.
  /// An event may play the rival, or throw the [CloudException] that the call ends with.
  public synchronized void before(Op op, Resource resource, Runnable... events) {
    script.computeIfAbsent(new Call(op, resource), _ -> new ArrayDeque<>()).addAll(List.of(events));
  }

  /// From now on Google stores each grant that is written as another one.
  public void storesAs(UnaryOperator<Grant> change) {
    storedAs = change;
  }

  /// From now on Google refuses a policy with such a grant, and names its principal: the first one
  /// that it comes across, whatever others there are.
  public void refuses(Predicate<Grant> grants) {
    refused = grants;
  }

  /// What Google says of such a grant.
  public static Failure refusal(Resource resource, Principal principal) {
    return failure(
        "INVALID_ARGUMENT",
        resource,
        "User " + principal.value() + " does not exist.",
        principal.spelling());
  }

  /// How often that was called.
  public synchronized int count(Op op, Resource resource) {
    return (int) calls.stream().filter(new Call(op, resource)::equals).count();
  }

  /// Every call so far, in order.
  public synchronized List<Call> log() {
    return List.copyOf(calls);
  }

  /// Every policy that was sent, in order, stored or not.
  public synchronized List<AllowPolicy> sent() {
    return List.copyOf(sent);
  }

  @Override
  public Accounts accounts() {
    return new FakeAccounts();
  }

  @Override
  public Policies policies() {
    return new FakePolicies();
  }

  @Override
  public Catalog catalog() {
    return new FakeCatalog();
  }

  /// What is done by tokens is tested on the emulator, which checks them; so are these four.
  @Override
  public Permissions permissions() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Tokens tokens() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Endpoints endpoints() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Cloud as(Token accessToken) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Caller caller() {
    return Caller.ofEmulator(Optional.empty());
  }

  @Override
  public synchronized ApiCalls calls() {
    var writes = (int) calls.stream().filter(call -> isWrite(call.op())).count();
    return new ApiCalls(calls.size() - writes, writes);
  }

  @Override
  public void close() {}

  private static boolean isWrite(Op op) {
    return switch (op) {
      case FIND, LIST, READ -> false;
      case CREATE, UPDATE, WRITE -> true;
    };
  }

  private void called(Op op, Resource resource) {
    Runnable event;
    synchronized (this) {
      var call = new Call(op, resource);
      calls.add(call);
      var events = script.get(call);
      event = events == null ? null : events.poll();
    }
    if (event != null) {
      event.run();
    }
  }

  private AllowPolicy store(Resource resource, List<Grant> grants) {
    var etag =
        Base64.getEncoder().encodeToString(("etag-" + etags++).getBytes(StandardCharsets.UTF_8));
    var stored = AllowPolicy.of(etag, grants);
    policies.put(resource, stored);
    return stored;
  }

  private static List<Grant> spelled(AllowPolicy policy) {
    var grants = new ArrayList<Grant>();
    policy
        .spellings()
        .forEach((grant, members) ->
            members.forEach(member ->
                grants.add(new Grant(grant.role(), Principal.of(member), grant.condition()))));
    return grants;
  }

  private void requireResource(Resource resource) {
    var exists =
        switch (resource) {
          case Resource.Account account -> accounts.containsKey(account);
          case Resource.Service service -> services.contains(service);
          case Resource.Project project -> projects.containsKey(project);
        };
    if (!exists) {
      throw new CloudException.NotFound(failure("NOT_FOUND", resource, "not found", null));
    }
  }

  private String requireProject(Resource.Project project) {
    var number = projects.get(project);
    if (number == null) {
      throw new CloudException.Denied(failure("PERMISSION_DENIED", project, "denied", null));
    }
    return number;
  }

  private void requireMember(Resource resource, Grant grant) {
    var principal = grant.principal();
    if (refused.test(grant)) {
      throw new CloudException.Rejected(refusal(resource, principal));
    }
    if (isAccountAsUser(principal)) {
      throw new CloudException.Rejected(
          new Failure(
              "INVALID_ARGUMENT",
              resource.name(),
              "Account " + principal.value() + " is of type \"serviceAccount\".",
              "",
              principal.value(),
              "serviceAccount:" + principal.value()));
    }
    if (!principal.spelling().startsWith("serviceAccount:") || principal.isServiceAgent()) {
      return;
    }
    var account = Resource.Account.ofEmail(principal.value());
    if (projects.containsKey(new Resource.Project(account.projectId()))
        && !accounts.containsKey(account)) {
      throw new CloudException.Rejected(
          failure(
              "INVALID_ARGUMENT",
              resource,
              "Service account " + account.email() + " does not exist.",
              account.email()));
    }
  }

  private static boolean isAccountAsUser(Principal principal) {
    return principal.spelling().startsWith("user:")
        && principal.value().endsWith(".gserviceaccount.com");
  }

  private static Failure failure(
      String code, Resource resource, String message, @Nullable String culprit) {
    return new Failure(code, resource.name(), message, "", culprit, null);
  }

  private final class FakeAccounts implements Accounts {
    @Override
    public Optional<ServiceAccount> find(Resource.Account account) {
      try {
        called(Op.FIND, account);
      } catch (CloudException.NotFound staged) {
        return Optional.empty();
      }
      synchronized (FakeCloud.this) {
        return Optional.ofNullable(accounts.get(account));
      }
    }

    @Override
    public List<ServiceAccount> list(String projectId) {
      var project = new Resource.Project(projectId);
      called(Op.LIST, project);
      synchronized (FakeCloud.this) {
        requireProject(project);
        return accounts.values().stream()
            .filter(account -> account.resource().projectId().equals(projectId))
            .toList();
      }
    }

    @Override
    public void create(ServiceAccount desired) {
      called(Op.CREATE, desired.resource());
      synchronized (FakeCloud.this) {
        if (accounts.containsKey(desired.resource())) {
          throw new CloudException.AlreadyExists(
              failure("ALREADY_EXISTS", desired.resource(), "already exists", null));
        }
        accounts.put(desired.resource(), described(desired, "", "", "100000000000000000001"));
      }
    }

    @Override
    public void update(ServiceAccount desired) {
      called(Op.UPDATE, desired.resource());
      synchronized (FakeCloud.this) {
        requireResource(desired.resource());
        accounts.computeIfPresent(
            desired.resource(),
            (_, live) ->
                described(desired, live.displayName(), live.description(), live.uniqueId()));
      }
    }

    private static ServiceAccount described(
        ServiceAccount desired,
        @Nullable String displayName,
        @Nullable String description,
        @Nullable String uniqueId) {
      return new ServiceAccount(
          desired.resource(),
          desired.displayName() == null ? displayName : desired.displayName(),
          desired.description() == null ? description : desired.description(),
          uniqueId,
          false);
    }
  }

  private final class FakePolicies implements Policies {
    @Override
    public AllowPolicy read(Resource resource) {
      called(Op.READ, resource);
      synchronized (FakeCloud.this) {
        requireResource(resource);
        return policy(resource);
      }
    }

    @Override
    public Result compareAndSet(Resource resource, AllowPolicy next) {
      if (!next.exists()) {
        throw new IllegalArgumentException("no etag");
      }
      called(Op.WRITE, resource);
      synchronized (FakeCloud.this) {
        sent.add(next);
        requireResource(resource);
        if (!next.etag().equals(policy(resource).etag())) {
          return new Conflict();
        }
        next.grants().forEach(grant -> requireMember(resource, grant));
        return new Stored(store(resource, spelled(next).stream().map(storedAs).toList()));
      }
    }
  }

  private final class FakeCatalog implements Catalog {
    @Override
    public String projectNumber(Resource.Project project) {
      called(Op.FIND, project);
      return requireProject(project);
    }

    @Override
    public List<Resource.Service> services(String projectId, String region) {
      called(Op.LIST, new Resource.Project(projectId));
      return services.stream()
          .filter(service -> service.projectId().equals(projectId))
          .filter(service -> service.region().equals(region))
          .toList();
    }

    @Override
    public RunService service(Resource.Service service) {
      called(Op.FIND, service);
      requireResource(service);
      var number = requireProject(new Resource.Project(service.projectId()));
      var url =
          "https://" + service.serviceId() + "-" + number + "." + service.region() + ".run.app";
      return new RunService(url, List.of(url), List.of(), false, false);
    }

    @Override
    public boolean isEnabled(Resource.Project project, String api) {
      called(Op.FIND, project);
      requireProject(project);
      return true;
    }

    @Override
    public Set<String> permissions(Role role) {
      called(Op.FIND, NOWHERE);
      var found = roles.get(role);
      if (found == null) {
        throw new CloudException.NotFound(failure("NOT_FOUND", NOWHERE, "no such role", null));
      }
      return found;
    }
  }
}
