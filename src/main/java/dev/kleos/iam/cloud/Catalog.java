package dev.kleos.iam.cloud;

import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import java.util.List;
import java.util.Set;

/// What there is, for checks and suggestions. Every method throws [CloudException].
public interface Catalog {
  /// The number of a project, e.g. `123456789012`.
  String projectNumber(Resource.Project project);

  /// The Cloud Run services of a project in one region.
  List<Resource.Service> services(String projectId, String region);

  /// A service as it is deployed.
  RunService service(Resource.Service service);

  /// Whether a project may use one of Google's APIs.
  ///
  /// @param api such as `run.googleapis.com`
  boolean isEnabled(Resource.Project project, String api);

  /// What a role lets its holder do.
  Set<String> permissions(Role role);
}
