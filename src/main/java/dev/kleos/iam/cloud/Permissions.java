package dev.kleos.iam.cloud;

import dev.kleos.iam.model.Resource;
import java.util.Set;

/// What the caller may do. Every method throws [CloudException].
public interface Permissions {
  /// Those of the permissions that the caller has on the resource now, whoever gave them: groups,
  /// folders, the organization and what is denied are counted in.
  ///
  /// @param permissions such as `iam.serviceAccounts.getOpenIdToken`
  Set<String> held(Resource resource, Set<String> permissions);
}
