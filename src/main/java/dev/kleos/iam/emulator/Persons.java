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

  /// The members of groups: users, accounts and other groups.
  final Table<List<String>> groups;

  Persons(UndoLog undo) {
    this.identities = new Table<>(undo);
    this.aliases = new Table<>(undo);
    this.groups = new Table<>(undo);
  }

  /// The type of an address, `user` or `group`, where the world says anything of it.
  Optional<String> type(String address) {
    var key = Emails.key(address);
    return identities.get(key).or(() -> groups.get(key).map(_ -> "group"));
  }

  boolean isGroup(String address) {
    return type(address).filter("group"::equals).isPresent();
  }

  boolean isUser(String address) {
    return type(address).filter("user"::equals).isPresent();
  }

  /// The address that is stored in place of this one; itself where it is nobody's other name.
  String primary(String address) {
    return aliases.get(Emails.key(address)).orElse(address);
  }

  void becomeAgain(Persons other) {
    identities.becomeAgain(other.identities);
    aliases.becomeAgain(other.aliases);
    groups.becomeAgain(other.groups);
  }
}
