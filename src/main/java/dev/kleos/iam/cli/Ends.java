package dev.kleos.iam.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/// How commands end, as their help has it: the exit code, what it says in a word or two and, after
/// a semicolon, what only the full help says. [ExitCode] has the numbers.
final class Ends {
  static final String DONE = "0:done; or in sync";
  static final String FAILED = "1:failed; also in part, or something could not be read";
  static final String REFUSED = "3:refused; by a guard, or not confirmed";
  static final String CONFLICT =
      "4:overtaken; others kept writing until the deadline, or edited the plan file";
  static final String STALE =
      "4:overtaken; others kept writing until the deadline, or saved changes are stale";
  static final String USAGE = "64:command line wrong; or there is no plan file";
  static final String PLAN = "65:plan file invalid";
  static final String PLAN_OR_SAVED = "65:plan file invalid; or saved changes";
  static final String SAVED = "65:saved changes unusable";
  static final String STOPPED = "130:interrupted";

  /// Of a command that reads no plan file.
  static final String WORDS = "64:command line wrong";

  private Ends() {}

  /// The texts by their codes, as picocli has them.
  static Map<String, String> of(String... ends) {
    var texts = new LinkedHashMap<String, String>();
    for (var end : ends) {
      var colon = end.indexOf(':');
      texts.put(end.substring(0, colon), end.substring(colon + 1));
    }
    return texts;
  }
}
