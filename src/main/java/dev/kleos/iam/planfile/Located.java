package dev.kleos.iam.planfile;

import org.jspecify.annotations.Nullable;

/// A value and where it stands.
record Located<T>(T value, Span span) {
  /// What two files say about the same setting together: what either says, and where they
  /// contradict each other the first, with a problem at the second.
  static <T> @Nullable Located<T> join(
      String key, @Nullable Located<T> first, @Nullable Located<T> second, Problems problems) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    if (!first.value().equals(second.value())) {
      problems.add(
          ProblemCode.CONTRADICTORY_SETTINGS,
          second.span(),
          Wording.quote(key)
              + " says otherwise on "
              + first.span().seenFrom(second.span())
              + "; keep the one that is meant");
    }
    return first;
  }
}
