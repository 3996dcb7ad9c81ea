package dev.kleos.iam.planner;

import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import java.util.List;

/// Something that a change is about, and that is not as it was when the change was planned.
public sealed interface Move {
  /// What it is, or is granted on.
  Resource resource();

  /// A role of a principal is held otherwise.
  ///
  /// @param before the grants of the role that the principal had, by which the change was planned
  /// @param now those that it has
  record Access(Resource resource, Grant.Assignment assignment, List<Grant> before, List<Grant> now)
      implements Move {
    public Access {
      before = List.copyOf(before);
      now = List.copyOf(now);
    }
  }

  /// A text of an account reads otherwise.
  ///
  /// @param what such as `display name`
  record Text(Resource.Account resource, String what, String before, String now) implements Move {}

  /// An account that was to be created is there, and nobody was shown who has access to it.
  record Appeared(Resource.Account resource) implements Move {}

  /// It is not there any more.
  record Gone(Resource resource) implements Move {}

  /// The account was deleted, and one of its name was created since.
  record Recreated(Resource.Account resource) implements Move {}
}
