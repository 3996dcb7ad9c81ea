package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which line of which file asks for what. Beside the desired state, not in it: two plans that ask
/// for the same are the same.
///
/// @param projects the project of each file, by the file's name
/// @param keys every key of a resource, by file and line
/// @param assignments where each assignment is asked for: of several entries the one that counts
/// @param entries every entry, by file and line
public record Origins(
    Map<String, String> projects,
    List<PlanKey> keys,
    Map<Resource, Map<Grant.Assignment, Origin>> assignments,
    List<PlanEntry> entries) {
  /// Those of no file.
  public static final Origins NONE = new Origins(Map.of(), List.of(), Map.of(), List.of());

  public Origins {
    projects = Collections.unmodifiableMap(new LinkedHashMap<>(projects));
    keys = List.copyOf(keys);
    assignments = Map.copyOf(assignments);
    entries = List.copyOf(entries);
  }

  /// The line of a resource's first key.
  public Optional<Origin> of(Resource resource) {
    return keys(resource).stream().map(PlanKey::origin).findFirst();
  }

  /// The line that names this principal for this role there.
  public Optional<Origin> of(Resource resource, Grant.Assignment assignment) {
    return Optional.ofNullable(assignments.getOrDefault(resource, Map.of()).get(assignment));
  }

  /// The keys of one resource.
  public List<PlanKey> keys(Resource resource) {
    return keys.stream().filter(key -> key.resource().equals(resource)).toList();
  }

  /// The entries that name a principal there.
  public List<PlanEntry> entries(Resource resource, Principal principal) {
    return entries.stream()
        .filter(entry -> entry.resource().equals(resource) && entry.principal().equals(principal))
        .toList();
  }
}
