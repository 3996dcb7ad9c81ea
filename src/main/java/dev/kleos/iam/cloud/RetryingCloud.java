package dev.kleos.iam.cloud;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.ServiceAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Another cloud, whose calls are made again where that may help, until a deadline that all of them
/// share.
public final class RetryingCloud implements Cloud {
  private final Cloud cloud;
  private final Retries retries;

  private RetryingCloud(Cloud cloud, Retries retries) {
    this.cloud = cloud;
    this.retries = retries;
  }

  /// Tries for so long from the first call on; but where not one call is answered, no longer than
  /// 25 s.
  public static RetryingCloud within(
      Duration timeout, Cloud cloud, Timer timer, RandomGenerator random) {
    return new RetryingCloud(cloud, new Retries(Deadline.after(timeout, timer), timer, random));
  }

  /// Tries until then.
  public static RetryingCloud until(
      Instant deadline, Cloud cloud, Timer timer, RandomGenerator random) {
    return new RetryingCloud(cloud, new Retries(Deadline.at(deadline, timer), timer, random));
  }

  @Override
  public Accounts accounts() {
    return new RetryingAccounts(cloud.accounts());
  }

  @Override
  public Policies policies() {
    return new RetryingPolicies(cloud.policies());
  }

  @Override
  public Catalog catalog() {
    return new RetryingCatalog(cloud.catalog());
  }

  @Override
  public Permissions permissions() {
    return (resource, permissions) ->
        retries.call(() -> cloud.permissions().held(resource, permissions));
  }

  @Override
  public Tokens tokens() {
    return new RetryingTokens(cloud.tokens());
  }

  /// What a call does to a service, nobody here can know; so it is made once.
  @Override
  public Endpoints endpoints() {
    return cloud.endpoints();
  }

  @Override
  public Cloud as(Token accessToken) {
    return new RetryingCloud(cloud.as(accessToken), retries);
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

  private final class RetryingAccounts implements Accounts {
    private final Accounts accounts;

    RetryingAccounts(Accounts accounts) {
      this.accounts = accounts;
    }

    @Override
    public Optional<ServiceAccount> find(Resource.Account account) {
      return retries.call(() -> accounts.find(account));
    }

    @Override
    public List<ServiceAccount> list(String projectId) {
      return retries.call(() -> accounts.list(projectId));
    }

    @Override
    public void create(ServiceAccount desired) {
      retries.call(() -> {
        accounts.create(desired);
        return desired;
      });
    }

    @Override
    public void update(ServiceAccount desired) {
      retries.call(() -> {
        accounts.update(desired);
        return desired;
      });
    }
  }

  private final class RetryingPolicies implements Policies {
    private final Policies policies;

    RetryingPolicies(Policies policies) {
      this.policies = policies;
    }

    @Override
    public AllowPolicy read(Resource resource) {
      return retries.call(() -> policies.read(resource));
    }

    @Override
    public Result compareAndSet(Resource resource, AllowPolicy next) {
      return retries.call(() -> policies.compareAndSet(resource, next));
    }
  }

  private final class RetryingTokens implements Tokens {
    private final Tokens tokens;

    RetryingTokens(Tokens tokens) {
      this.tokens = tokens;
    }

    @Override
    public Token idToken(
        Resource.Account account, List<Resource.Account> delegates, String audience) {
      return retries.call(() -> tokens.idToken(account, delegates, audience));
    }

    @Override
    public Token accessToken(Resource.Account account, List<Resource.Account> delegates) {
      return retries.call(() -> tokens.accessToken(account, delegates));
    }
  }

  /// Services are listed for suggestions alone, and one is asked for by people who wait.
  private final class RetryingCatalog implements Catalog {
    private final Catalog catalog;

    RetryingCatalog(Catalog catalog) {
      this.catalog = catalog;
    }

    @Override
    public String projectNumber(Resource.Project project) {
      return retries.call(() -> catalog.projectNumber(project));
    }

    @Override
    public List<Resource.Service> services(String projectId, String region) {
      return retries.kindly(() -> catalog.services(projectId, region));
    }

    @Override
    public RunService service(Resource.Service service) {
      return retries.kindly(() -> catalog.service(service));
    }

    @Override
    public boolean isEnabled(Resource.Project project, String api) {
      return retries.call(() -> catalog.isEnabled(project, api));
    }

    @Override
    public Set<String> permissions(Role role) {
      return retries.call(() -> catalog.permissions(role));
    }
  }
}
