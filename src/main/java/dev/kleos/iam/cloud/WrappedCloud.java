package dev.kleos.iam.cloud;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.ServiceAccount;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Another cloud, with something done around every call of it.
record WrappedCloud(Cloud cloud, Wrapping wrapping) implements Cloud {
  @Override
  public Accounts accounts() {
    return new WrappedAccounts(cloud.accounts());
  }

  @Override
  public Policies policies() {
    return new WrappedPolicies(cloud.policies());
  }

  @Override
  public Catalog catalog() {
    return new WrappedCatalog(cloud.catalog());
  }

  @Override
  public Permissions permissions() {
    return (resource, permissions) ->
        wrapping.read(() -> cloud.permissions().held(resource, permissions));
  }

  @Override
  public Tokens tokens() {
    return new WrappedTokens(cloud.tokens());
  }

  /// What a call does to a service, nobody here can know; so it is made once, and as it is.
  @Override
  public Endpoints endpoints() {
    return cloud.endpoints();
  }

  @Override
  public Cloud as(Token accessToken) {
    return new WrappedCloud(cloud.as(accessToken), wrapping);
  }

  @Override
  public Cloud waitingBy(Timer timer) {
    return new WrappedCloud(cloud.waitingBy(timer), wrapping.by(timer));
  }

  @Override
  public Caller caller() {
    return cloud.caller();
  }

  @Override
  public ApiCalls calls() {
    return cloud.calls();
  }

  @Override
  public void close() {
    cloud.close();
  }

  private final class WrappedAccounts implements Accounts {
    private final Accounts accounts;

    WrappedAccounts(Accounts accounts) {
      this.accounts = accounts;
    }

    @Override
    public Optional<ServiceAccount> find(Resource.Account account) {
      return wrapping.read(() -> accounts.find(account));
    }

    @Override
    public List<ServiceAccount> list(String projectId) {
      return wrapping.read(() -> accounts.list(projectId));
    }

    @Override
    public void create(ServiceAccount desired) {
      wrapping.write(() -> {
        accounts.create(desired);
        return desired;
      });
    }

    @Override
    public void update(ServiceAccount desired) {
      wrapping.write(() -> {
        accounts.update(desired);
        return desired;
      });
    }
  }

  private final class WrappedPolicies implements Policies {
    private final Policies policies;
    private final Set<Resource> unanswered = ConcurrentHashMap.newKeySet();

    WrappedPolicies(Policies policies) {
      this.policies = policies;
    }

    @Override
    public AllowPolicy read(Resource resource) {
      return wrapping.read(() -> policies.read(resource));
    }

    @Override
    public Result compareAndSet(Resource resource, AllowPolicy next) {
      var result = wrapping.write(() -> attempt(resource, next));
      return result instanceof Conflict ? new Conflict(isUnanswered(resource)) : result;
    }

    @Override
    public boolean isUnanswered(Resource resource) {
      return unanswered.contains(resource);
    }

    private Result attempt(Resource resource, AllowPolicy next) {
      try {
        return policies.compareAndSet(resource, next);
      } catch (CloudException.Transient e) {
        if (!e.isRefusal()) {
          unanswered.add(resource);
        }
        throw e;
      }
    }
  }

  private final class WrappedTokens implements Tokens {
    private final Tokens tokens;

    WrappedTokens(Tokens tokens) {
      this.tokens = tokens;
    }

    @Override
    public Token idToken(
        Resource.Account account, List<Resource.Account> delegates, String audience) {
      return wrapping.read(() -> tokens.idToken(account, delegates, audience));
    }

    @Override
    public Token accessToken(Resource.Account account, List<Resource.Account> delegates) {
      return wrapping.read(() -> tokens.accessToken(account, delegates));
    }
  }

  /// Services are listed for suggestions alone, and one is asked for by people who wait.
  private final class WrappedCatalog implements Catalog {
    private final Catalog catalog;

    WrappedCatalog(Catalog catalog) {
      this.catalog = catalog;
    }

    @Override
    public String projectNumber(Resource.Project project) {
      return wrapping.read(() -> catalog.projectNumber(project));
    }

    @Override
    public List<Resource.Service> services(String projectId, String region) {
      return wrapping.kindly(() -> catalog.services(projectId, region));
    }

    @Override
    public RunService service(Resource.Service service) {
      return wrapping.kindly(() -> catalog.service(service));
    }

    @Override
    public boolean isEnabled(Resource.Project project, String api) {
      return wrapping.read(() -> catalog.isEnabled(project, api));
    }

    @Override
    public Set<String> permissions(Role role) {
      return wrapping.read(() -> catalog.permissions(role));
    }
  }
}
