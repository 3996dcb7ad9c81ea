package dev.kleos.iam.emulator;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// The members of policies that somebody is. `deleted:` members are nobody, and neither are the
/// convenience values for a project's basic roles (`projectOwner:` and its siblings), which are not
/// modelled. Used under the world's lock.
final class Memberships {
  private static final Pattern SUBJECT = Pattern.compile("principal:(//.+)/subject/.+");

  private final Set<String> members = new HashSet<>();

  /// Whom an identity is.
  ///
  /// **Documented**: `allAuthenticatedUsers` is every user and service account, and nobody of a
  /// pool; a domain has users, and no service accounts.
  static Memberships of(Identity who, World world) {
    var memberships = new Memberships();
    memberships.members.add("allUsers");
    switch (who) {
      case Identity.Operator _, Identity.Anonymous _ -> {}
      case Identity.Person(var email) -> {
        memberships.addAddress("user", email, world);
        memberships.members.add("domain:" + Emails.key(email.substring(email.indexOf('@') + 1)));
      }
      case Identity.ServiceAccount(var account) ->
          memberships.addAddress("serviceAccount", account.email(), world);
      case Identity.Federated(var principal) -> memberships.addPrincipal(principal);
    }
    return memberships;
  }

  /// Whether a member of a policy is this somebody. Case does not matter in addresses, and matters
  /// in the identifiers of pools (**documented**).
  boolean include(String member, World world) {
    return members.contains(canonical(member, world));
  }

  private void addAddress(String type, String email, World world) {
    members.add("allAuthenticatedUsers");
    members.add(type + ":" + Emails.key(email));
    addGroups(Emails.key(email), world);
  }

  /// The groups that an address is in, and those that these are in; a group that is in itself, by
  /// whatever way, does no harm.
  private void addGroups(String address, World world) {
    world
        .groups
        .rows()
        .forEach((group, addresses) -> {
          var has =
              addresses.stream().anyMatch(each -> Emails.key(world.primary(each)).equals(address));
          if (has && members.add("group:" + group)) {
            addGroups(group, world);
          }
        });
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

  private static String canonical(String member, World world) {
    var colon = member.indexOf(':');
    if (colon < 0 || member.startsWith("principal")) {
      return member;
    }
    var type = member.substring(0, colon);
    var value = member.substring(colon + 1);
    var person = type.equals("user") || type.equals("group");
    return type + ":" + Emails.key(person ? world.primary(value) : value);
  }
}
