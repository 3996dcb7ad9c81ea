package dev.kleos.iam.emulator;

import io.grpc.StatusRuntimeException;
import java.util.Set;
import java.util.regex.Pattern;

/// Which members a policy may name, and how they are stored. Type prefixes are case-sensitive
/// (**recorded**).
final class MemberRules {
  static final Set<String> PUBLIC = Set.of("allUsers", "allAuthenticatedUsers");

  private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final Pattern DOMAIN = Pattern.compile("[^@\\s]+\\.[^@\\s]+");
  private static final Pattern KUBERNETES =
      Pattern.compile("[^@\\s\\[]+\\.svc\\.id\\.goog\\[[^/\\s]+/[^/\\s]+]");
  private static final Pattern DELETED =
      Pattern.compile("(user|serviceAccount|group):[^@\\s]+@[^@\\s?]+\\?uid=\\d+|principal://\\S+");

  private final World world;
  private final ResourceKind kind;

  MemberRules(World world, ResourceKind kind) {
    this.world = world;
    this.kind = kind;
  }

  /// The member as it is stored. Users and groups that the world says nothing of, and `deleted:`
  /// members, are accepted as written (**assumed**).
  ///
  /// @throws StatusRuntimeException when Google would refuse it; the texts are **recorded** where
  ///   nothing else is said
  String accepted(String member) {
    if (PUBLIC.contains(member)) {
      return acceptedPublic(member);
    }
    var colon = member.indexOf(':');
    if (colon < 1 || colon == member.length() - 1) {
      throw Errors.invalid("Policy members must be of the form \"<type>:<value>\".");
    }
    var value = member.substring(colon + 1);
    var type = member.substring(0, colon);
    return switch (type) {
      case "user", "group" -> acceptedPerson(member, type, value);
      case "serviceAccount" -> acceptedServiceAccount(member, value);
      case "domain" -> matching(DOMAIN, value, member);
      case "deleted" -> matching(DELETED, value, member);
      case "principal", "principalSet" -> acceptedPrincipal(member, value);
      case "projectOwner", "projectEditor", "projectViewer" -> acceptedConvenience(member);
      default -> throw unknownType(member);
    };
  }

  /// **Documented**: a project supports neither `allUsers` nor `allAuthenticatedUsers`; the text is
  /// **assumed**, and so is it that a service account supports both.
  private String acceptedPublic(String member) {
    if (kind == ResourceKind.PROJECT) {
      throw Errors.invalid("Members of type " + member + " are not supported for this resource.");
    }
    return member;
  }

  /// An address that the world knows must be of the type that it has there. The text is
  /// **recorded** for type `user`; that it reads alike for `group` is **assumed**.
  ///
  /// For another name of a person the primary address is stored, in its own spelling (**recorded**
  /// for users and for groups).
  private String acceptedPerson(String member, String type, String address) {
    if (Emails.isServiceAccount(address)) {
      throw wrongType(address, "serviceAccount");
    }
    matching(ADDRESS, address, member);
    var known = world.persons.type(address).orElse(type);
    if (!known.equals(type)) {
      throw wrongType(address, known);
    }
    return type + ":" + world.persons.primary(address);
  }

  /// An account of a project of this world must be live, and is stored in its own spelling; one of
  /// any other project is accepted as written (**assumed**: we cannot know it). That an address of
  /// no service account is taken for a user's, where the world says nothing of it, is **assumed**.
  private String acceptedServiceAccount(String member, String address) {
    if (KUBERNETES.matcher(address).matches()) {
      return member;
    }
    matching(ADDRESS, address, member);
    if (!Emails.isServiceAccount(address)) {
      throw wrongType(address, world.persons.type(address).orElse("user"));
    }
    var ours = Emails.projectOf(address).flatMap(world.projects::find).isPresent();
    var account = world.accounts.live(address).filter(each -> Effect.hiding(each).isEmpty());
    if (ours && account.isEmpty()) {
      throw Errors.invalid("Service account " + address + " does not exist.");
    }
    return account.map(Account::member).orElse(member);
  }

  /// **Assumed**: only the beginning is looked at.
  private static String acceptedPrincipal(String member, String value) {
    if (!value.startsWith("//") || value.length() == 2) {
      throw Errors.invalidArgument();
    }
    return member;
  }

  /// **Assumed**: the convenience values for a project's basic roles stand in a project's own
  /// policy only.
  private String acceptedConvenience(String member) {
    if (kind != ResourceKind.PROJECT) {
      throw unknownType(member);
    }
    return member;
  }

  private static String matching(Pattern form, String value, String member) {
    if (!form.matcher(value).matches()) {
      throw Errors.invalidArgument();
    }
    return member;
  }

  private static StatusRuntimeException unknownType(String member) {
    return Errors.invalid(
        "The member "
            + member
            + " is of an unknown type. Please set a valid type prefix for the member.");
  }

  private static StatusRuntimeException wrongType(String address, String type) {
    return Errors.invalid(
        "Account "
            + address
            + " is of type \""
            + type
            + "\". Please set the type prefix to be \""
            + type
            + ":\".");
  }
}
