package dev.kleos.iam.emulator;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The addresses of service accounts (**documented**): `ID@PROJECT.iam.gserviceaccount.com`, where
/// a domain-scoped project `example.com:p` is turned round to `p.example.com`.
final class Emails {
  private static final String SUFFIX = ".iam.gserviceaccount.com";

  private static final Pattern ADDRESS = Pattern.compile("[^@:\\s]+@[^@:\\s]+");

  private Emails() {}

  static String of(String accountId, String projectId) {
    var colon = projectId.indexOf(':');
    var host =
        colon < 0
            ? projectId
            : projectId.substring(colon + 1) + "." + projectId.substring(0, colon);
    return accountId + "@" + host + SUFFIX;
  }

  /// The id of the project that an address belongs to, by its form alone; empty for any other
  /// address.
  static Optional<String> projectOf(String email) {
    var address = key(email);
    var at = address.indexOf('@');
    if (at < 1 || !address.endsWith(SUFFIX) || at + 1 > address.length() - SUFFIX.length()) {
      return Optional.empty();
    }
    var host = address.substring(at + 1, address.length() - SUFFIX.length());
    var dot = host.indexOf('.');
    return Optional.of(dot < 0 ? host : host.substring(dot + 1) + ":" + host.substring(0, dot));
  }

  /// Whether an address is of the kind that only Google gives out.
  static boolean isServiceAccount(String email) {
    return key(email).endsWith(".gserviceaccount.com");
  }

  /// Whether a text can be anybody's address.
  static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  /// Whether a text can be the address of a user or a group.
  static boolean isOfPerson(String text) {
    return isAddress(text) && !isServiceAccount(text);
  }

  /// What addresses are compared by: their case does not matter (**recorded**).
  static String key(String email) {
    return email.toLowerCase(Locale.ROOT);
  }
}
