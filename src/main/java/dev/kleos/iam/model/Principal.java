package dev.kleos.iam.model;

import java.util.Optional;
import java.util.regex.Pattern;

/// Who a grant is for, e.g. `user:alice@example.com`.
///
/// Two principals are equal when Google takes them for the same: e-mail addresses and domains
/// compare without regard to ASCII case, type prefixes and `principal://` identifiers with it. The
/// spelling rides along unchanged, because Google rejects some members when they are written back
/// in another case than the one it answered with.
public final class Principal implements Comparable<Principal> {
  private static final String DELETED = "deleted:";
  private static final String UID = "?uid=";
  private static final Pattern UNIQUE_ID = Pattern.compile("[0-9]{1,30}");

  private final String spelling;
  private final String key;

  /// At hand, because sets of many grants ask for it again and again.
  private final int hash;

  private Principal(String spelling, String key) {
    this.spelling = spelling;
    this.key = key;
    this.hash = key.hashCode();
  }

  /// The principal of a member string as the wire or a plan file spells it. Any non-empty string is
  /// one: what Google holds is taken as it is.
  public static Principal of(String spelling) {
    if (spelling.isEmpty()) {
      throw new IllegalArgumentException("a principal is not empty");
    }
    return new Principal(spelling, keyOf(spelling));
  }

  /// The user or service account of an e-mail address; the address tells which.
  public static Principal ofAddress(String email) {
    return hasServiceAccountDomain(email) ? ofServiceAccount(email) : of("user:" + email);
  }

  /// Whether an e-mail address is of a domain that only service accounts have.
  public static boolean hasServiceAccountDomain(String email) {
    var lower = lower(email, 0);
    return lower.endsWith(".gserviceaccount.com") || lower.endsWith("@gserviceaccount.com");
  }

  /// The principal of a service account's e-mail address.
  public static Principal ofServiceAccount(String email) {
    return of("serviceAccount:" + email);
  }

  /// As it was written: what goes on the wire and on the screen.
  public String spelling() {
    return spelling;
  }

  /// What follows the type prefix, e.g. `alice@example.com`; empty where there is no prefix.
  public String value() {
    var colon = spelling.indexOf(':');
    return colon < 0 ? "" : spelling.substring(colon + 1);
  }

  /// What precedes it, e.g. `user`; empty where there is no prefix.
  public String type() {
    return spelling.substring(0, Math.max(0, spelling.indexOf(':')));
  }

  /// Whether this is everyone on the internet, or everyone with a Google account.
  public boolean isPublic() {
    return key.equals("allUsers") || key.equals("allAuthenticatedUsers");
  }

  /// Whether this is the trace of an identity that was deleted: it may be undeleted within 30 days,
  /// and then needs its grants.
  public boolean isDeleted() {
    return spelling.startsWith(DELETED);
  }

  /// Whether this is the trace that the other one left when it was deleted.
  public boolean isTraceOf(Principal other) {
    return deleted().filter(other::equals).isPresent();
  }

  /// Whom this trace is of, under the address that somebody else may have by now; empty where this
  /// is no trace.
  public Optional<Principal> deleted() {
    var uid = spelling.lastIndexOf(UID);
    return isDeleted() && uid > DELETED.length()
        ? Optional.of(of(spelling.substring(DELETED.length(), uid)))
        : Optional.empty();
  }

  /// The unique id that it had. Whatever else stands in its place is none: an id is made a part of
  /// commands to copy.
  public Optional<String> deletedId() {
    return deleted()
        .map(_ -> spelling.substring(spelling.lastIndexOf(UID) + UID.length()))
        .filter(id -> UNIQUE_ID.matcher(id).matches());
  }

  /// Whether what is granted to this one may reach the other: a group's members are nobody's to see
  /// here, and everyone is everyone.
  public boolean mayContain(Principal other) {
    if (isPublic() || other.isPublic()) {
      return isPublic() && !equals(other);
    }
    return switch (type()) {
      case "group" -> !equals(other) && !other.isDeleted();
      case "domain" -> other.key.endsWith("@" + key.substring(key.indexOf(':') + 1));
      case "principalSet" ->
          other.type().equals("principal") || other.type().equals("serviceAccount");
      default -> false;
    };
  }

  /// Whether Google owns this account and its services stop working without their grants.
  public boolean isServiceAgent() {
    return ServiceAgents.matches(lower(spelling, 0));
  }

  /// Whether a plan leaves this principal's live grants alone, whatever their role.
  public boolean isProtected() {
    return isDeleted() || isServiceAgent();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Principal that && hash == that.hash && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public int compareTo(Principal other) {
    return key.compareTo(other.key);
  }

  @Override
  public String toString() {
    return spelling;
  }

  private static String keyOf(String spelling) {
    if (spelling.startsWith(DELETED)) {
      return DELETED + keyOf(spelling.substring(DELETED.length()));
    }
    var foldsCase =
        spelling.startsWith("user:")
            || spelling.startsWith("serviceAccount:")
            || spelling.startsWith("group:")
            || spelling.startsWith("domain:");
    return foldsCase ? lower(spelling, spelling.indexOf(':')) : spelling;
  }

  /// ASCII only: full case folding would take distinct addresses for one (U+212A, the Kelvin sign,
  /// folds to `k`). What is in lower case already, as nearly everything is, costs no memory.
  private static String lower(String text, int from) {
    for (var i = from; i < text.length(); i++) {
      if (isUpper(text.charAt(i))) {
        var chars = text.toCharArray();
        for (; i < chars.length; i++) {
          if (isUpper(chars[i])) {
            chars[i] = (char) (chars[i] + ('a' - 'A'));
          }
        }
        return new String(chars);
      }
    }
    return text;
  }

  private static boolean isUpper(char unit) {
    return unit >= 'A' && unit <= 'Z';
  }
}
