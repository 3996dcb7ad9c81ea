package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where each resource is named. Several files of a project may each name it once. One file twice,
/// in two spellings, is a slip; so is an account that is both of the plan and referred to, or that
/// the files of two projects answer for.
final class ResourceKeys {
  private final Problems problems;
  private final Map<Resource, List<Key>> keys = new LinkedHashMap<>();

  ResourceKeys(Problems problems) {
    this.problems = problems;
  }

  /// @param projectId of the file's project
  /// @param referred whether the key is an address, which means an account that is never created
  void add(Resource resource, Span span, String projectId, boolean referred) {
    var key = new Key(span, projectId, referred);
    var others = keys.computeIfAbsent(resource, _ -> new ArrayList<>(1));
    for (var other : others) {
      if (other.excludes(key)) {
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
    others.add(key);
  }

  List<PlanKey> all() {
    var keysOfAll = new ArrayList<PlanKey>();
    keys.forEach((resource, ofOne) ->
        ofOne.forEach(key -> keysOfAll.add(new PlanKey(resource, key.span().origin(null)))));
    return keysOfAll;
  }

  private static String kind(Resource resource) {
    return switch (resource) {
      case Resource.Account _ -> "account";
      case Resource.Service _ -> "service";
      case Resource.Project _ -> "project";
    };
  }

  private record Key(Span span, String projectId, boolean referred) {
    boolean excludes(Key other) {
      return referred != other.referred
          || span.file().equals(other.span.file())
          || !projectId.equals(other.projectId);
    }
  }
}
