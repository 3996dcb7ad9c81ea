package dev.kleos.iam.model;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Finds what was probably meant: the nearest of some names, by edits (insert, delete, replace,
/// swap two neighbours); case does not count.
public final class Similar {
  /// The most names that are compared, to bound the work.
  private static final int MOST_NAMES = 1000;

  private Similar() {}

  /// The candidate whose name is nearest, where it is near enough for a slip of the fingers: one
  /// edit in three characters, at least two and at most four. The first of several equally near.
  public static <T> Optional<T> nearest(
      String wanted, Collection<T> candidates, Function<T, String> name) {
    return nearest(wanted, candidates, name, Math.clamp(wanted.length() / 3, 2, 4));
  }

  /// The same, with at most so many edits.
  public static <T> Optional<T> nearest(
      String wanted, Collection<T> candidates, Function<T, String> name, int most) {
    var best = Optional.<T>empty();
    var limit = most;
    var lower = wanted.toLowerCase(Locale.ROOT);
    for (var candidate : candidates.stream().limit(MOST_NAMES).toList()) {
      var other = name.apply(candidate).toLowerCase(Locale.ROOT);
      if (Math.abs(other.length() - lower.length()) > limit) {
        continue;
      }
      var distance = distance(lower, other);
      if (distance <= limit && distance < other.length()) {
        best = Optional.of(candidate);
        limit = distance - 1;
      }
    }
    return best;
  }

  /// How many edits turn one text into the other.
  public static int distance(String from, String to) {
    var rows = new int[from.length() + 1][to.length() + 1];
    for (var i = 0; i <= from.length(); i++) {
      for (var j = 0; j <= to.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : edits(rows, from, to, i, j);
      }
    }
    return rows[from.length()][to.length()];
  }

  /// Whether exactly one edit turns one text into the other; in linear time, unlike the distance.
  public static boolean isOneEdit(String from, String to) {
    var shorter = Math.min(from.length(), to.length());
    var start = 0;
    while (start < shorter && from.charAt(start) == to.charAt(start)) {
      start++;
    }
    var end = 0;
    while (end < shorter - start
        && from.charAt(from.length() - 1 - end) == to.charAt(to.length() - 1 - end)) {
      end++;
    }
    var left = from.substring(start, from.length() - end);
    var right = to.substring(start, to.length() - end);
    return Math.max(left.length(), right.length()) == 1
        || (left.length() == 2 && left.equals(new StringBuilder(right).reverse().toString()));
  }

  private static int edits(int[][] rows, String from, String to, int i, int j) {
    var same = from.charAt(i - 1) == to.charAt(j - 1);
    var least =
        Math.min(Math.min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + (same ? 0 : 1));
    var swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
  }
}
