package dev.kleos.iam.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a diff means for one role of one principal. A single grant does not tell whether somebody
/// loses the role: who has it under two conditions and is left with one has it still.
///
/// @param before the grants of the role that the principal has
/// @param after those that it will have
public record Effect(Grant.Assignment assignment, List<Grant> before, List<Grant> after) {
  public Effect {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /// The effects of a diff on a policy of the given grants: one for each role and principal that it
  /// touches, losses first.
  public static List<Effect> of(Set<Grant> planned, GrantDiff diff) {
    var touched = new LinkedHashMap<Grant.Assignment, Sides>();
    diff.removed().forEach(grant -> touched.computeIfAbsent(grant.assignment(), _ -> new Sides()));
    diff.added().forEach(grant -> touched.computeIfAbsent(grant.assignment(), _ -> new Sides()));
    for (var grant : planned) {
      var sides = touched.get(grant.assignment());
      if (sides != null) {
        sides.before.add(grant);
        if (!diff.removed().contains(grant)) {
          sides.after.add(grant);
        }
      }
    }
    for (var grant : diff.added()) {
      var sides = touched.get(grant.assignment());
      if (sides != null && !planned.contains(grant)) {
        sides.after.add(grant);
      }
    }
    var effects = new ArrayList<Effect>(touched.size());
    touched.forEach(
        (assignment, sides) -> effects.add(new Effect(assignment, sides.before, sides.after)));
    return Collections.unmodifiableList(effects);
  }

  /// Whether the principal did not have the role.
  public boolean isGain() {
    return before.isEmpty();
  }

  /// Whether the principal will not have the role any more.
  public boolean isLoss() {
    return after.isEmpty();
  }

  /// Whether the principal loses access that it has now: what has ended gives none, and who was
  /// deleted has none.
  public boolean endsAccess(Instant now) {
    return isHeld(before, now) && !isHeld(after, now);
  }

  /// Whether the principal keeps access, but for a shorter time, or under a condition that there
  /// was not. Of conditions that are no end nothing is claimed.
  public boolean shortensAccess(Instant now) {
    return isHeld(before, now)
        && isHeld(after, now)
        && (holdsAlways(before) ? !holdsAlways(after) : endsEarlier());
  }

  /// Whether it does one or the other.
  public boolean reducesAccess(Instant now) {
    return endsAccess(now) || shortensAccess(now);
  }

  private static boolean isHeld(List<Grant> grants, Instant now) {
    return grants.stream().anyMatch(grant -> grant.givesAccess(now));
  }

  private boolean endsEarlier() {
    var end = lastEnd(before);
    return end.isPresent() && lastEnd(after).filter(end.get()::isAfter).isPresent();
  }

  private static boolean holdsAlways(List<Grant> grants) {
    return grants.stream().anyMatch(grant -> grant.condition() == null);
  }

  /// When the last of them ends; empty where one of them has no end that is known.
  private static Optional<Instant> lastEnd(List<Grant> grants) {
    var ends =
        grants.stream()
            .map(grant -> Optional.ofNullable(grant.condition()).flatMap(Condition::end))
            .toList();
    return ends.stream().allMatch(Optional::isPresent)
        ? ends.stream().flatMap(Optional::stream).max(Comparator.naturalOrder())
        : Optional.empty();
  }

  /// What is collected of one role and principal.
  private record Sides(List<Grant> before, List<Grant> after) {
    Sides() {
      this(new ArrayList<>(1), new ArrayList<>(1));
    }
  }
}
