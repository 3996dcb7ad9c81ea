package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Similar;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/// How messages speak of what a file says: quoted, bounded, and with the nearest name that would
/// have been right.
final class Wording {
  private static final int QUOTED = 80;
  private static final String CUT = "…";
  private static final Pattern SUGGESTION = Pattern.compile("; did you mean \"(.*)\"\\?$");

  private Wording() {}

  /// The text in quotes, cut where it is long.
  static String quote(String text) {
    return '"' + cut(text) + '"';
  }

  /// The text, cut where it is long.
  static String cut(String text) {
    return text.codePointCount(0, text.length()) <= QUOTED
        ? text
        : text.substring(0, text.offsetByCodePoints(0, QUOTED)) + CUT;
  }

  /// The advice that names the nearest of the names, or the fallback where none is near.
  static String nearest(String text, Collection<String> names, String fallback) {
    return Similar.nearest(text, names, name -> name).map(Wording::didYouMean).orElse(fallback);
  }

  static String didYouMean(String text) {
    return "; did you mean " + quote(text) + "?";
  }

  /// What is wrong with a word of the command line, from a message as of a file.
  static PlanUsageException usage(String typed, String message) {
    var suggestion = SUGGESTION.matcher(message);
    return suggestion.find() && !suggestion.group(1).endsWith(CUT)
        ? PlanUsageException.suggesting(
            message.substring(0, suggestion.start()), typed, suggestion.group(1))
        : new PlanUsageException(message);
  }

  /// `a, b or c`.
  static String oneOf(List<String> names) {
    return names.size() == 1
        ? names.getFirst()
        : String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
  }
}
