package dev.kleos.iam.model;

import java.util.Map;

/// What Google holds of the resources that a plan names.
public record LiveState(
    Map<Resource.Account, Live<ServiceAccount>> accounts,
    Map<Resource, Live<AllowPolicy>> policies) {
  public LiveState {
    accounts = Map.copyOf(accounts);
    policies = Map.copyOf(policies);
  }
}
