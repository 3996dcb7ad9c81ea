package dev.kleos.iam.cloud;

import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.util.List;
import java.util.Optional;

/// Service accounts, as Google holds them. Every method throws [CloudException].
public interface Accounts {
  /// The account, or empty where there is none.
  Optional<ServiceAccount> find(Resource.Account account);

  /// The accounts of a project, in Google's order; service agents are not among them.
  List<ServiceAccount> list(String projectId);

  /// Creates the account. It may take a minute until every other call sees it.
  ///
  /// @throws CloudException.AlreadyExists where there is one
  void create(ServiceAccount desired);

  /// Changes the texts that `desired` manages, and no others.
  void update(ServiceAccount desired);
}
