package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Principal;
import java.util.regex.Pattern;

/// The shape of e-mail addresses and domains. ASCII only: to Google a letter that only looks like
/// another is another, and a plan that misleads its reviewer is worse than one refused.
final class Addresses {
  private static final int LONGEST = 320;
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
  private static final Pattern DOMAIN = Pattern.compile("(?:" + LABEL + "\\.)+" + LABEL);
  private static final Pattern LOCAL_PART =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}");

  private Addresses() {}

  static boolean isDomain(String text) {
    return text.length() <= LONGEST && DOMAIN.matcher(text).matches();
  }

  static boolean isEmail(String text) {
    var at = text.indexOf('@');
    return at > 0
        && text.length() <= LONGEST
        && LOCAL_PART.matcher(text.substring(0, at)).matches()
        && isDomain(text.substring(at + 1));
  }

  static boolean isServiceAccount(String text) {
    return isEmail(text) && Principal.hasServiceAccountDomain(text);
  }
}
