package dev.kleos.iam.emulator;

import java.util.List;
import java.util.Optional;

/// What a world says of users and groups, by their addresses ([Emails#key]). Used under the world's
/// lock.
final class Persons {
  /// The type prefix of a member, `user` or `group`.
  final Table<String> identities;

  /// Other names of persons, each with the address that is stored instead.
  final Table<String> aliases;

  /// The members of groups: users, accounts and other groups. A deleted account stands there as it
  /// does in policies.
  final Table<List<String>> groups;

  Persons(UndoLog undo) {
    this.identities = new Table<>(undo);
    this.aliases = new Table<>(undo);
    this.groups = new Table<>(undo);
  }

  /// The type of an address, `user` or `group`, where the world says anything of it. Of another
  /// name of a person, the primary one's type counts (**assumed**).
  Optional<String> type(String address) {
    return ownType(primary(address)).or(() -> ownType(address));
  }

  boolean isGroup(String address) {
    return type(address).filter("group"::equals).isPresent();
  }

  /// Whether the world says so of this very address.
  boolean isUser(String address) {
    return ownType(address).filter("user"::equals).isPresent();
  }

  /// The address that is stored in place of this one; itself where it is nobody's other name.
  String primary(String address) {
    return aliases.get(Emails.key(address)).orElse(address);
  }

  /// Spells one member differently in all groups.
  ///
  /// @param from the spelling so far, in any case
  void rename(String from, String to) {
    for (var group : List.copyOf(groups.rows().entrySet())) {
      if (group.getValue().stream().anyMatch(from::equalsIgnoreCase)) {
        groups.put(
            group.getKey(),
            group.getValue().stream()
                .map(member -> member.equalsIgnoreCase(from) ? to : member)
                .distinct()
                .toList());
      }
    }
  }

  void becomeAgain(Persons other) {
    identities.becomeAgain(other.identities);
    aliases.becomeAgain(other.aliases);
    groups.becomeAgain(other.groups);
  }

  private Optional<String> ownType(String address) {
    var key = Emails.key(address);
    return identities.get(key).or(() -> groups.get(key).map(_ -> "group"));
  }
}
