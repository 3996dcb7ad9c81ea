package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where each resource is named. Several files may each name it once; one file twice, in two
/// spellings, or an account both as one of the plan and as one referred to, is a slip.
final class ResourceKeys {
  private final Problems problems;
  private final Map<Resource, List<Key>> keys = new LinkedHashMap<>();

  ResourceKeys(Problems problems) {
    this.problems = problems;
  }

  /// @param referred whether the key is an address, which means an account that is never created
  void add(Resource resource, Span span, boolean referred) {
    var others = keys.computeIfAbsent(resource, _ -> new ArrayList<>(1));
    for (var other : others) {
      if (other.referred() != referred || other.span().file().equals(span.file())) {
        problems.add(
            ProblemCode.DUPLICATE_RESOURCE,
            span,
            "the key on "
                + other.span().seenFrom(span)
                + " means the same "
                + kind(resource)
                + "; join the two");
        break;
      }
    }
    others.add(new Key(span, referred));
  }

  Map<Resource, Origin> origins() {
    var origins = new LinkedHashMap<Resource, Origin>();
    keys.forEach((resource, all) -> origins.put(resource, all.getFirst().span().origin(null)));
    return origins;
  }

  private static String kind(Resource resource) {
    return switch (resource) {
      case Resource.Account _ -> "account";
      case Resource.Service _ -> "service";
      case Resource.Project _ -> "project";
    };
  }

  private record Key(Span span, boolean referred) {}
}
