package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import java.util.Map;
import java.util.Optional;

/// Which line of which file asks for what. Beside the desired state, not in it: two plans that ask
/// for the same are the same.
public record Origins(
    Map<Resource, Origin> resources, Map<Resource, Map<Grant.Assignment, Origin>> entries) {
  public Origins {
    resources = Map.copyOf(resources);
    entries = Map.copyOf(entries);
  }

  /// The line of a resource's key.
  public Optional<Origin> of(Resource resource) {
    return Optional.ofNullable(resources.get(resource));
  }

  /// The line that names this principal for this role there.
  public Optional<Origin> of(Resource resource, Grant.Assignment assignment) {
    return Optional.ofNullable(entries.getOrDefault(resource, Map.of()).get(assignment));
  }
}
