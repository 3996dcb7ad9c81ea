package dev.kleos.iam.emulator;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The members of policies that somebody is. `deleted:` members are nobody, and neither are the
/// convenience values for a project's basic roles (`projectOwner:` and its siblings), which are not
/// modelled. Used under the world's lock.
final class Memberships {
  private static final Pattern SUBJECT = Pattern.compile("principal:(//.+?)/subject/.+");

  private final Persons persons;
  private final Set<String> members = new HashSet<>();

  private Memberships(Persons persons) {
    this.persons = persons;
  }

  /// Whom an identity is.
  ///
  /// **Documented**: `allAuthenticatedUsers` is every user and service account, and nobody of a
  /// pool; a domain has users, and no service accounts.
  static Memberships of(Identity who, Persons persons) {
    var memberships = new Memberships(persons);
    memberships.members.add("allUsers");
    switch (who) {
      case Identity.Operator _, Identity.Anonymous _ -> {}
      case Identity.Person(var email) -> {
        memberships.addAddress("user", email);
        memberships.members.add("domain:" + Emails.key(email.substring(email.indexOf('@') + 1)));
      }
      case Identity.ServiceAccount(var account) ->
          memberships.addAddress("serviceAccount", account.email());
      case Identity.Federated(var principal) -> memberships.addPrincipal(principal);
    }
    return memberships;
  }

  /// Whether a member of a policy is this somebody. Case does not matter in addresses, and matters
  /// in the identifiers of pools (**documented**).
  boolean include(String member) {
    return members.contains(canonical(member));
  }

  private void addAddress(String type, String email) {
    members.add("allAuthenticatedUsers");
    members.add(type + ":" + Emails.key(email));
    addGroups(Emails.key(email));
  }

  /// The groups that an address is in, and those that these are in; a group that is in itself, by
  /// whatever way, does no harm.
  private void addGroups(String address) {
    var left = new ArrayDeque<>(List.of(address));
    while (!left.isEmpty()) {
      var member = left.removeFirst();
      persons
          .groups
          .rows()
          .forEach((group, addresses) -> {
            if (isOneOf(addresses, member) && members.add("group:" + group)) {
              left.addLast(group);
            }
          });
    }
  }

  /// Deleted accounts are nobody, whatever a caller says to be called.
  private boolean isOneOf(List<String> addresses, String member) {
    return addresses.stream()
        .filter(Emails::isAddress)
        .map(persons::primary)
        .anyMatch(member::equalsIgnoreCase);
  }

  /// Somebody of a pool, and the whole pool. What else a pool says of its people, their groups and
  /// attributes, nobody here knows.
  private void addPrincipal(String principal) {
    members.add(principal);
    var subject = SUBJECT.matcher(principal);
    if (subject.matches()) {
      members.add("principalSet:" + subject.group(1) + "/*");
    }
  }

  private String canonical(String member) {
    var colon = member.indexOf(':');
    if (colon < 0 || member.startsWith("principal")) {
      return member;
    }
    var type = member.substring(0, colon);
    var value = member.substring(colon + 1);
    var person = type.equals("user") || type.equals("group");
    return type + ":" + Emails.key(person ? persons.primary(value) : value);
  }
}
