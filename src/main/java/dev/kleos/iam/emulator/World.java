package dev.kleos.iam.emulator;

import static java.util.stream.Collectors.toCollection;

import com.google.iam.admin.v1.Role;
import com.google.iam.v1.Policy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// All that the emulator knows, guarded by one lock, so that reads and writes are strictly in
/// sequence. (Google's reads are eventually consistent, which [Faults] can play.)
///
/// The public methods are for whoever sets the scene, and for a test that plays a rival behind the
/// API's back.
public final class World {
  final UndoLog undo = new UndoLog();
  final Projects projects = new Projects(undo);
  final Table<Service> services = new Table<>(undo);
  final Accounts accounts = new Accounts(undo);

  final Persons persons = new Persons(undo);

  /// The custom roles, by name.
  final Table<Role> roles = new Table<>(undo);

  final EnabledApis apis = new EnabledApis(undo);
  final Policies policies = new Policies(undo);
  private final ReentrantLock lock = new ReentrantLock();
  private boolean limited = true;
  private Consumer<World> keeper = world -> {};

  private World() {}

  /// The project `kleos-demo`, number 123456789012, with the service `us-central1/kleos-service`
  /// and no accounts.
  public static World demo() {
    var world = empty();
    world.write(() -> {
      world.projects.put(new Project("kleos-demo", "123456789012"));
      return world.ensure(new Service("kleos-demo", "us-central1", "kleos-service"));
    });
    return world;
  }

  /// Nothing at all.
  public static World empty() {
    return new World();
  }

  /// A world that somebody wrote, in the format of the package's comment. The file is only read.
  ///
  /// @throws StateFileException when it cannot be read, or is not of the format
  public static World read(Path path) {
    return WorldFile.read(path)
        .map(content -> WorldReader.read(content, path.toString()))
        .orElseThrow(() -> WorldFile.missing(path));
  }

  /// Creates a project unless it is there; true when it was created now. Its number follows from
  /// its id.
  ///
  /// @throws IllegalArgumentException when it cannot be an id
  public boolean ensureProject(String projectId) {
    var id = ResourceName.segment(projectId);
    return write(() -> projects.ensure(id));
  }

  /// The same; a project that is created now has the given number, unless another one has it.
  ///
  /// @throws IllegalArgumentException when one of them cannot be what it should
  public boolean ensureProject(String projectId, String number) {
    var id = ResourceName.segment(projectId);
    if (!number.matches("[1-9][0-9]*")) {
      throw new IllegalArgumentException("not a project number: '" + number + "'");
    }
    return write(() -> projects.ensure(id, number));
  }

  /// Creates a Cloud Run service, and its project, unless they are there; true when the service was
  /// created now.
  ///
  /// @throws IllegalArgumentException when one of the three cannot be what it should
  public boolean ensureService(String projectId, String region, String name) {
    var asked =
        new Service(
            ResourceName.segment(projectId),
            ResourceName.segment(region),
            ResourceName.segment(name));
    return write(() -> {
      projects.ensure(projectId);
      var id = projects.find(projectId).map(Project::id).orElse(projectId);
      return ensure(new Service(id, asked.region(), asked.name()));
    });
  }

  /// Creates a service account unless there is one of that e-mail, and the project unless it is
  /// there; true when the account was created now.
  ///
  /// @throws IllegalArgumentException when the project cannot be an id
  public boolean ensureAccount(String projectId, String email) {
    var id = ResourceName.segment(projectId);
    return write(() -> {
      projects.ensure(id);
      if (accounts.live(email).isPresent()) {
        return false;
      }
      accounts.create(id, email, "", "");
      return true;
    });
  }

  /// The number of a project; empty where there is no such project.
  ///
  /// @param project its id or its number
  public Optional<String> projectNumber(String project) {
    return read(() -> projects.find(project).map(Project::number));
  }

  /// The regions in which a project has Cloud Run services, sorted.
  ///
  /// @param project its id or its number
  public SortedSet<String> regions(String project) {
    return read(() ->
        services.rows().values().stream()
            .filter(service -> isProject(project, service.project()))
            .map(Service::region)
            .collect(toCollection(TreeSet::new)));
  }

  /// The policy as stored, with its audit configuration.
  ///
  /// @param resource `projects/P`, `projects/P/locations/L/services/S` or
  ///   `projects/P/serviceAccounts/E`
  /// @throws IllegalArgumentException when this world has no such resource
  public Policy policy(String resource) {
    return read(() -> policies.get(existing(resource)));
  }

  /// What someone else did: writes a policy unchecked and under a fresh etag. Any spelling of a
  /// member will do, also `deleted:` ones.
  ///
  /// @param resource as for [#policy(String)]
  /// @throws IllegalArgumentException when this world has no such resource
  public void putPolicy(String resource, Policy policy) {
    write(() -> policies.put(existing(resource), policy));
  }

  /// From now on another address is stored for this one; the world key `aliases`.
  ///
  /// @throws IllegalArgumentException when one of them cannot be a person's address
  public void alias(String alias, String address) {
    if (!Emails.isOfPerson(alias) || !Emails.isOfPerson(address)) {
      throw new IllegalArgumentException("not two addresses: '" + alias + "', '" + address + "'");
    }
    write(() -> {
      persons.aliases.put(Emails.key(alias), address);
      return address;
    });
  }

  /// Lets policies grow without bounds from now on; the world key `limits: off`.
  public void liftLimits() {
    write(() -> setLimited(false));
  }

  boolean limited() {
    return limited;
  }

  /// A world of the same content that is kept nowhere.
  World copy() {
    var copy = empty();
    read(() ->
        copy.write(() -> {
          copy.policies.copy(policies);
          return copy.takeAllButPolicies(this);
        }));
    return copy;
  }

  /// Puts another world's content in place of this one's, all of it or nothing.
  ///
  /// @param other is not changed meanwhile
  void becomeAgain(World other) {
    write(() -> {
      policies.becomeAgain(other.policies);
      return takeAllButPolicies(other);
    });
  }

  /// From now on `newKeeper` saves the world at the end of each change; when it throws, the change
  /// never happened.
  void keptBy(Consumer<World> newKeeper) {
    read(() -> keeper = newKeeper);
  }

  <T> T read(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /// All of `action`, saved, or nothing of it.
  <T> T write(Supplier<T> action) {
    lock.lock();
    try {
      var result = action.get();
      if (!undo.isEmpty()) {
        keeper.accept(this);
      }
      undo.forget();
      policies.written();
      return result;
    } finally {
      policies.forgetNews();
      undo.rollBack();
      lock.unlock();
    }
  }

  /// What the policy of an existing resource is kept under.
  Optional<String> key(ResourceName name) {
    return switch (name) {
      case ResourceName.OfProject(var project) -> projects.find(project).map(Project::key);
      case ResourceName.OfService(var project, var location, var service) ->
          projects
              .find(project)
              .map(found -> new Service(found.id(), location, service).key())
              .filter(key -> services.get(key).isPresent());
      case ResourceName.OfAccount account -> account(account).map(Account::key);
      case ResourceName.OfLocation _ -> Optional.empty();
    };
  }

  /// The live account of a name whose project may be an id, a number or `-`.
  Optional<Account> account(ResourceName.OfAccount name) {
    return accounts
        .live(name.account())
        .filter(account -> isProject(name.project(), account.project()));
  }

  /// Whether the project part of an account's name means a project.
  boolean isProject(String part, String projectId) {
    return part.equals("-")
        || projects.find(part).filter(project -> project.id().equals(projectId)).isPresent();
  }

  private boolean takeAllButPolicies(World other) {
    projects.becomeAgain(other.projects);
    services.becomeAgain(other.services);
    apis.becomeAgain(other.apis);
    accounts.becomeAgain(other.accounts);
    persons.becomeAgain(other.persons);
    roles.becomeAgain(other.roles);
    return setLimited(other.limited);
  }

  private boolean setLimited(boolean newLimited) {
    var before = limited;
    if (newLimited != before) {
      limited = newLimited;
      undo.add(() -> limited = before);
    }
    return before;
  }

  private boolean ensure(Service service) {
    if (services.get(service.key()).isPresent()) {
      return false;
    }
    services.put(service.key(), service);
    return true;
  }

  private String existing(String resource) {
    return ResourceName.parse(resource)
        .flatMap(this::key)
        .orElseThrow(() -> new IllegalArgumentException("this world has no " + resource));
  }
}
