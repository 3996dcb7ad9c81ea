package dev.kleos.iam.simulation;

import dev.kleos.iam.cloud.Accounts;
import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.cloud.Caller;
import dev.kleos.iam.cloud.Catalog;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.cloud.Permissions;
import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.cloud.RunService;
import dev.kleos.iam.cloud.Token;
import dev.kleos.iam.cloud.Tokens;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.ServiceAccount;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/// The ports of one process: its calls go over the wire.
final class SimulatedCloud implements Cloud {
  private final SimulatedProcess process;
  private final Google google;
  private final Wire wire;
  private final Ledger ledger;
  private final Policies policies;

  /// @param breaking what becomes of its policies
  SimulatedCloud(
      SimulatedProcess process,
      Google google,
      Wire wire,
      Ledger ledger,
      Function<SimulatedPolicies, Policies> breaking) {
    this.policies = breaking.apply(new SimulatedPolicies());
    this.process = process;
    this.google = google;
    this.wire = wire;
    this.ledger = ledger;
  }

  @Override
  public Accounts accounts() {
    return new SimulatedAccounts();
  }

  @Override
  public Policies policies() {
    return policies;
  }

  @Override
  public Catalog catalog() {
    return new SimulatedCatalog();
  }

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
  public ApiCalls calls() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

  private <T> T call(Op op, Resource resource, Function<Duration, T> effect) {
    return make(Wire.Call.of(op, resource, effect));
  }

  private <T> T make(Wire.Call<T> call) {
    ledger.calls(process, call.op(), call.resource());
    try {
      return wire.make(process, call);
    } catch (CloudException.Transient e) {
      if (call.op() == Op.WRITE) {
        ledger.unanswered(process, call.resource());
      }
      throw e;
    }
  }

  private final class SimulatedAccounts implements Accounts {
    @Override
    public Optional<ServiceAccount> find(Resource.Account account) {
      return call(Op.FIND, account, _ -> google.find(account));
    }

    @Override
    public List<ServiceAccount> list(String projectId) {
      return call(Op.LIST, new Resource.Project(projectId), _ -> List.of());
    }

    @Override
    public void create(ServiceAccount desired) {
      call(
          Op.CREATE,
          desired.resource(),
          _ -> {
            google.create(desired, process.name());
            ledger.created(process, desired);
            return desired;
          });
    }

    @Override
    public void update(ServiceAccount desired) {
      call(
          Op.UPDATE,
          desired.resource(),
          _ -> {
            google.update(desired, process.name());
            ledger.updated(process, desired);
            return desired;
          });
    }
  }

  /// Its policies, and what only a broken program would ask of them.
  final class SimulatedPolicies implements Policies {
    @Override
    public AllowPolicy read(Resource resource) {
      return call(
          Op.READ,
          resource,
          ago -> {
            var version = google.read(resource, ago);
            ledger.answered(process, resource, version);
            return version.policy();
          });
    }

    @Override
    public Result compareAndSet(Resource resource, AllowPolicy next) {
      return setIf((read, live) -> read.etag().equals(live.etag()), resource, next);
    }

    /// Sets it under another guard than Google's.
    ///
    /// @param guard told what was read and what there is
    Result setIf(BiPredicate<Version, Version> guard, Resource resource, AllowPolicy next) {
      var base = ledger.writes(process, resource, next);
      return make(
          new Wire.Call<Result>(
              Op.WRITE, resource, _ -> set(guard, resource, base, next), new Conflict()));
    }

    private Result set(
        BiPredicate<Version, Version> guard, Resource resource, Version base, AllowPolicy next) {
      var live = google.live(resource);
      if (!guard.test(base, live)) {
        return google.conflict();
      }
      var stored = google.write(resource, Line.of(next), live.exemptions(), process.name());
      ledger.wrote(process, resource, base, live, stored);
      ledger.answered(process, resource, stored);
      return new Stored(stored.policy());
    }
  }

  /// Nothing but the number of a project is asked for by what is simulated.
  private final class SimulatedCatalog implements Catalog {
    @Override
    public String projectNumber(Resource.Project project) {
      return call(Op.NUMBER, project, _ -> Google.NUMBER);
    }

    @Override
    public List<Resource.Service> services(String projectId, String region) {
      return call(Op.LIST, new Resource.Project(projectId), _ -> List.of());
    }

    @Override
    public RunService service(Resource.Service service) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isEnabled(Resource.Project project, String api) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> permissions(Role role) {
      throw new UnsupportedOperationException();
    }
  }
}
