package dev.kleos.iam.simulation;

import dev.kleos.iam.model.Change.ModifyPolicy;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// What a person has agreed to for one policy.
///
/// @param planned what they were shown it for
record Approved(Set<Line> planned, Set<Line> added, Set<Line> removed) {
  static Approved of(ModifyPolicy change) {
    return new Approved(
        Line.keysOf(change.planned().grants()),
        Line.keysOf(change.diff().added()),
        Line.keysOf(change.diff().removed()));
  }

  /// Whether all of it is so.
  boolean isInEffect(Set<Line> keys) {
    return keys.containsAll(added) && removed.stream().noneMatch(keys::contains);
  }

  /// The same without a part.
  Approved without(Approved part) {
    return new Approved(planned, minus(added, part.added), minus(removed, part.removed));
  }

  /// Whether it would leave a role to nobody that somebody has.
  boolean orphans(String role) {
    var after = minus(planned, removed);
    after.addAll(added);
    return isHeld(role, planned) && !isHeld(role, after);
  }

  static boolean isHeld(String role, Collection<Line> lines) {
    return lines.stream().anyMatch(line -> line.role().equals(role) && !line.isProtected());
  }

  static Set<Line> minus(Set<Line> some, Set<Line> others) {
    var rest = new HashSet<>(some);
    rest.removeAll(others);
    return rest;
  }
}
