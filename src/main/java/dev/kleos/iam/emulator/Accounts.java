package dev.kleos.iam.emulator;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// The service accounts of a world, live and deleted. Used under the world's lock.
///
/// An e-mail belongs to one live account at most; deleted ones are kept for ever, and a unique id
/// is never given out twice.
final class Accounts {
  private final Table<Account> byUniqueId;
  private final Table<String> liveByEmail;

  /// The unique ids that were given out here, also those of accounts that a reset has undone since:
  /// there may still be tokens of them.
  private final Set<String> given = new HashSet<>();

  Accounts(UndoLog undo) {
    this.byUniqueId = new Table<>(undo);
    this.liveByEmail = new Table<>(undo);
  }

  /// The live account of an e-mail, in any case, or of a unique id.
  Optional<Account> live(String emailOrUniqueId) {
    return liveByEmail
        .get(Emails.key(emailOrUniqueId))
        .or(() -> Optional.of(emailOrUniqueId))
        .flatMap(byUniqueId::get)
        .filter(account -> account.deleted().isEmpty());
  }

  Optional<Account> byUniqueId(String uniqueId) {
    return byUniqueId.get(uniqueId);
  }

  /// A new account, of a unique id that its e-mail never had.
  Account create(String project, String email, String displayName, String description) {
    var seed = email + "#" + byUniqueId.rows().size();
    var uniqueId = Ids.uniqueId(seed, id -> byUniqueId.get(id).isPresent() || given.contains(id));
    given.add(uniqueId);
    var account =
        new Account(uniqueId, project, email, displayName, description, false, Optional.empty());
    put(account);
    return account;
  }

  /// Adds the account, or replaces the one of its unique id.
  void put(Account account) {
    byUniqueId.put(account.uniqueId(), account);
    if (account.deleted().isEmpty()) {
      liveByEmail.put(Emails.key(account.email()), account.uniqueId());
    }
  }

  /// The account as deleted, its e-mail free for a successor.
  void delete(Account account, Instant now) {
    liveByEmail.remove(Emails.key(account.email()));
    put(account.withDeleted(Optional.of(now)));
  }

  /// The project's live accounts whose e-mails follow `after`, `limit` at most, by e-mail.
  List<Account> page(String project, String after, int limit) {
    return liveByEmail.rows().tailMap(after, false).values().stream()
        .flatMap(uniqueId -> byUniqueId.get(uniqueId).stream())
        .filter(account -> account.project().equals(project))
        .limit(limit)
        .toList();
  }

  void becomeAgain(Accounts other) {
    byUniqueId.becomeAgain(other.byUniqueId);
    liveByEmail.becomeAgain(other.liveByEmail);
  }

  SortedMap<String, Account> all() {
    return byUniqueId.rows();
  }
}
