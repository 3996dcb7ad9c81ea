package dev.kleos.iam.cloud;

import dev.kleos.iam.model.Resource;
import java.util.List;

/// What there is, for checks and suggestions. Every method throws [CloudException].
public interface Catalog {
  /// The number of a project, e.g. `123456789012`.
  String projectNumber(Resource.Project project);

  /// The Cloud Run services of a project in one region.
  List<Resource.Service> services(String projectId, String region);

  /// The service's default URL, which callers send requests to and name as the audience of their
  /// tokens.
  String serviceUrl(Resource.Service service);
}
