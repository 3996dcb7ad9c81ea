package dev.kleos.iam.planfile;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How messages speak of what a file says: quoted, bounded, and with the nearest name that would
/// have been right.
final class Wording {
  private static final int QUOTED = 80;

  /// The most names that are compared; no project has as many accounts.
  private static final int NAMES = 1000;

  private Wording() {}

  /// The text in quotes, cut where it is long.
  static String quote(String text) {
    return '"' + cut(text) + '"';
  }

  /// The text, cut where it is long.
  static String cut(String text) {
    return text.codePointCount(0, text.length()) <= QUOTED
        ? text
        : text.substring(0, text.offsetByCodePoints(0, QUOTED)) + "…";
  }

  /// The advice that names the nearest of the names, or the fallback where none is near.
  static String nearest(String text, Collection<String> names, String fallback) {
    return nearestOf(text, names).map(Wording::didYouMean).orElse(fallback);
  }

  static String didYouMean(String text) {
    return "; did you mean " + quote(text) + "?";
  }

  /// The name that is fewest edits away, where few enough to be a slip of the fingers: one edit in
  /// three characters, two at least.
  static Optional<String> nearestOf(String text, Collection<String> names) {
    return nearestOf(text, names, Math.min(Math.max(2, text.length() / 3), 4));
  }

  /// The name that is fewest edits away, at most `most`; case does not count.
  static Optional<String> nearestOf(String text, Collection<String> names, int most) {
    var best = Optional.<String>empty();
    var limit = most;
    var lower = text.toLowerCase(Locale.ROOT);
    for (var name : names.stream().limit(NAMES).toList()) {
      if (Math.abs(name.length() - text.length()) > limit) {
        continue;
      }
      var distance = distance(lower, name.toLowerCase(Locale.ROOT), limit);
      if (distance <= limit && distance < name.length()) {
        best = Optional.of(name);
        limit = distance - 1;
      }
    }
    return best;
  }

  /// `a, b or c`.
  static String oneOf(List<String> names) {
    return names.size() == 1
        ? names.getFirst()
        : String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
  }

  /// Edits between two texts, where swapping two neighbours is one; more than `most` where there
  /// are more than that.
  private static int distance(String a, String b, int most) {
    var rows = new int[a.length() + 1][b.length() + 1];
    for (var i = 0; i <= a.length(); i++) {
      var least = Integer.MAX_VALUE;
      for (var j = 0; j <= b.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : edits(rows, a, b, i, j);
        least = Math.min(least, rows[i][j]);
      }
      if (least > most) {
        return least;
      }
    }
    return rows[a.length()][b.length()];
  }

  private static int edits(int[][] rows, String a, String b, int i, int j) {
    var same = a.charAt(i - 1) == b.charAt(j - 1);
    var least =
        Math.min(Math.min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + (same ? 0 : 1));
    var swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
  }
}
