package dev.kleos.iam.model;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/// Finds what was probably meant: the nearest of some names, by edits (insert, delete, replace,
/// swap neighbours).
public final class Similar {
  private Similar() {}

  /// The candidate whose name is nearest, if it is near enough to be a slip: at most a third of the
  /// wanted name's length apart. The first of several equally near.
  public static <T> Optional<T> nearest(
      String wanted, Collection<T> candidates, Function<T, String> name) {
    T best = null;
    var least = Math.max(1, wanted.length() / 3) + 1;
    for (var candidate : candidates) {
      var distance = distance(wanted, name.apply(candidate));
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /// How many edits turn one text into the other.
  public static int distance(String from, String to) {
    var beforeLast = new int[to.length() + 1];
    var last = new int[to.length() + 1];
    for (var j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (var i = 1; i <= from.length(); i++) {
      var row = new int[to.length() + 1];
      row[0] = i;
      for (var j = 1; j <= to.length(); j++) {
        var same = from.charAt(i - 1) == to.charAt(j - 1);
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
        var swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[to.length()];
  }
}
