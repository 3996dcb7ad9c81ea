package dev.kleos.iam.planner;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Similar;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A principal that has an address which somebody may have mistyped.
///
/// @param type the type prefix without its colon
/// @param text what follows the prefix, in lower case
record Address(Principal principal, String type, String text) {
  private static final String SERVICE_ACCOUNT = "serviceAccount";
  private static final String DOMAIN = "domain";
  private static final Set<String> TYPES = Set.of("user", "group", SERVICE_ACCOUNT, DOMAIN);
  private static final String IAM_HOST = ".iam.gserviceaccount.com";

  /// The principal's address; empty for one that nobody types, such as `principal://…`, a deleted
  /// member or a service agent.
  static Optional<Address> of(Principal principal) {
    var type = principal.type();
    return TYPES.contains(type) && !principal.isProtected()
        ? Optional.of(new Address(principal, type, principal.value().toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  /// The part of a domain that tells it from its like: of a service account's host the project.
  static String name(String domain) {
    return domain.endsWith(IAM_HOST)
        ? domain.substring(0, domain.length() - IAM_HOST.length())
        : domain;
  }

  boolean isServiceAccount() {
    return type.equals(SERVICE_ACCOUNT);
  }

  /// The domain that the principal is of; empty for a service account whose host does not tell its
  /// project, as in `123-compute@developer.gserviceaccount.com`.
  Optional<String> domain() {
    if (type.equals(DOMAIN)) {
      return Optional.of(text);
    }
    var host = text.substring(text.indexOf('@') + 1);
    return host.equals(text) || (isServiceAccount() && !host.endsWith(IAM_HOST))
        ? Optional.empty()
        : Optional.of(host);
  }

  boolean isOfOtherType(Address other) {
    return text.equals(other.text) && !type.equals(other.type);
  }

  /// A domain is compared with domains only: it is a part of an address.
  boolean isOneEditFrom(Address other) {
    return type.equals(DOMAIN) == other.type.equals(DOMAIN) && Similar.isOneEdit(text, other.text);
  }
}
