package dev.kleos.iam.record;

import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import java.util.Optional;

/// Where a plan asks for a grant.
@FunctionalInterface
public interface Locator {
  /// No plan asks for any.
  Locator NOWHERE = (_, _) -> Optional.empty();

  /// The place, where there is one: a grant to be removed has none.
  Optional<Place> find(Resource resource, Grant.Assignment assignment);

  /// A line of a file.
  ///
  /// @param line from 1
  record Place(String file, int line) {}
}
