package dev.kleos.iam.simulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// What every write of the program has to keep, whatever it was based on. A write is held against
/// what it replaced, line by line; what differs was shown, or is a violation.
final class WriteRules {
  private final Violations violations;

  WriteRules(Violations violations) {
    this.violations = violations;
  }

  /// Checks a write that has taken effect.
  ///
  /// @param base what the process had read when it wrote
  /// @param replaced what it replaced
  /// @param approved what was shown for this policy
  void check(String what, Version base, Version replaced, Version written, Approved approved) {
    var before = replaced.keys();
    var sent = Line.keys(written.sent());
    var gone = Approved.minus(before, sent);
    var come = Approved.minus(sent, before);
    for (var line : sorted(Approved.minus(gone, approved.removed()))) {
      violations.report(lost(line, base, come), what + " takes away: " + line);
    }
    for (var line : sorted(Approved.minus(come, approved.added()))) {
      violations.report(brought(line, base, gone), what + " brings: " + line);
    }
    for (var line : sorted(gone)) {
      var terms = approved.added().stream().filter(other -> isOfTheSame(line, other)).toList();
      if (!terms.isEmpty() && terms.stream().noneMatch(sent::contains)) {
        violations.report(
            Invariant.SWAPPED_AT_ONCE, what + " takes away: " + line + ", and gives no other");
      }
    }
    for (var role : roles(gone)) {
      if (!Approved.isHeld(role, sent) && !approved.orphans(role)) {
        violations.report(Invariant.NO_ROLE_TO_NOBODY, what + " leaves to nobody: " + role);
      }
    }
    checkSpellings(what, replaced.lines(), written.sent());
  }

  private static Invariant lost(Line line, Version base, Set<Line> come) {
    if (!base.keys().contains(line)) {
      return Invariant.NO_UPDATE_LOST;
    }
    if (come.stream().anyMatch(other -> isOfTheSame(line, other))) {
      return Invariant.CONDITIONS_STAY;
    }
    return line.isProtected() ? Invariant.FOREIGN_STAYS : Invariant.NOTHING_UNSHOWN;
  }

  private static Invariant brought(Line line, Version base, Set<Line> gone) {
    if (gone.stream().anyMatch(other -> isOfTheSame(line, other))) {
      return Invariant.CONDITIONS_STAY;
    }
    return base.keys().contains(line) ? Invariant.NO_UPDATE_LOST : Invariant.NOTHING_UNSHOWN;
  }

  private void checkSpellings(String what, Set<Line> before, Set<Line> after) {
    var kept = Line.keys(after);
    for (var line : before) {
      if (kept.contains(line.key()) && !after.contains(line)) {
        violations.report(Invariant.SPELLINGS_STAY, what + " spells otherwise: " + line);
      }
    }
    var live = Line.keys(before);
    for (var line : after) {
      if (live.contains(line.key()) && !before.contains(line)) {
        violations.report(Invariant.SPELLINGS_STAY, what + " spells otherwise: " + line);
      }
    }
  }

  private static boolean isOfTheSame(Line one, Line other) {
    return one.role().equals(other.role())
        && one.member().equals(other.member())
        && !Objects.equals(one.condition(), other.condition());
  }

  private static Set<String> roles(Set<Line> lines) {
    var roles = new TreeSet<String>();
    lines.stream().filter(line -> !line.isProtected()).forEach(line -> roles.add(line.role()));
    return roles;
  }

  /// Sets of hash codes have an order that is another in another run of Java.
  private static List<Line> sorted(Set<Line> lines) {
    var sorted = new ArrayList<>(new LinkedHashSet<>(lines));
    sorted.sort((one, other) -> one.toString().compareTo(other.toString()));
    return sorted;
  }
}
