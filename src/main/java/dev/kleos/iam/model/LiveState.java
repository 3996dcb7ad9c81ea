package dev.kleos.iam.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Google holds of the resources that a plan names.
public record LiveState(
    Map<Resource.Account, Live<ServiceAccount>> accounts,
    Map<Resource, Live<AllowPolicy>> policies) {
  public LiveState {
    accounts = Map.copyOf(accounts);
    policies = Map.copyOf(policies);
  }

  /// What the read of an account came to.
  ///
  /// @throws IllegalArgumentException where it was never read
  public Live<ServiceAccount> account(Resource.Account account) {
    return read(accounts.get(account), account);
  }

  /// What the read of a resource's policy came to.
  ///
  /// @throws IllegalArgumentException where it was never read
  public Live<AllowPolicy> policy(Resource resource) {
    return read(policies.get(resource), resource);
  }

  private static <T> Live<T> read(@Nullable Live<T> live, Resource resource) {
    if (live == null) {
      throw new IllegalArgumentException(resource.name() + " was not read");
    }
    return live;
  }
}
