package dev.kleos.iam.emulator;

import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.PatchServiceAccountRequest;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.rpc.Code;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The life of service accounts, from creation to restoration. Used under the world's lock.
final class AccountCalls {
  private static final Duration RESTORABLE = Duration.ofDays(30);

  private final World world;
  private final Clock clock;
  private final Permitted permitted;

  AccountCalls(World world, Clock clock, Permitted permitted) {
    this.world = world;
    this.clock = clock;
    this.permitted = permitted;
  }

  Account create(CreateServiceAccountRequest request) {
    var project = permitted.parent(request.getName(), "iam.serviceAccounts.create");
    var email = Emails.of(AccountRules.id(request.getAccountId()), project.id());
    var displayName = AccountRules.displayName(request.getServiceAccount().getDisplayName());
    var description = AccountRules.description(request.getServiceAccount().getDescription());
    if (world.accounts.live(email).isPresent()) {
      throw Errors.accountExists(project.id(), email);
    }
    return world.accounts.create(project.id(), email, displayName, description);
  }

  /// **Recorded**: answers with nothing but the name and the fields that the mask names.
  ServiceAccount patch(PatchServiceAccountRequest request) {
    var sent = request.getServiceAccount();
    var account = permitted.account(sent.getName(), "iam.serviceAccounts.update");
    var answer = ServiceAccount.newBuilder().setName(account.name());
    if (request.getUpdateMask().getPathsCount() == 0) {
      throw Errors.invalidArgument(); // assumed
    }
    for (var field : request.getUpdateMask().getPathsList()) {
      switch (field) {
        case "display_name", "displayName" -> {
          account = account.withDisplayName(AccountRules.displayName(sent.getDisplayName()));
          answer.setDisplayName(account.displayName());
        }
        case "description" -> {
          account = account.withDescription(AccountRules.description(sent.getDescription()));
          answer.setDescription(account.description());
        }
        default ->
            throw Errors.invalidArgument(); // documented: no other field; the text is assumed
      }
    }
    world.accounts.put(account);
    return answer.build();
  }

  /// **Documented**: a no-op where the account is so already.
  void setDisabled(String name, boolean disabled) {
    var permission = disabled ? "iam.serviceAccounts.disable" : "iam.serviceAccounts.enable";
    var account = permitted.account(name, permission);
    if (account.disabled() != disabled) {
      world.accounts.put(account.withDisabled(disabled));
    }
  }

  /// **Documented**: policies go on naming it, as a `deleted:` member. It is in no group any more,
  /// and its successor in none that it was in: grants and memberships are held by the unique id.
  void delete(String name) {
    var account = permitted.account(name, "iam.serviceAccounts.delete");
    world.accounts.delete(account, clock.instant());
    world.policies.rewrite(new MemberRewrite(account.member(), account.deletedMember()));
    world.persons.rename(account.email(), account.deletedMember());
  }

  /// **Documented**: by unique id, within 30 days, while no live account has its e-mail; policies
  /// name it as before. That its own policy and its groups come back as well, and the codes and
  /// texts of the refusals, are **assumed**.
  Account undelete(String name) {
    var account = permitted.account(name, "iam.serviceAccounts.undelete", this::restorable);
    if (account.deleted().isEmpty()) {
      throw Errors.of(Code.FAILED_PRECONDITION, "Service account " + name + " is not deleted.");
    }
    if (world.accounts.live(account.email()).isPresent()) {
      throw Errors.accountExists(account.project(), account.email());
    }
    var restored = account.withDeleted(Optional.empty());
    world.accounts.put(restored);
    world.policies.rewrite(new MemberRewrite(account.deletedMember(), account.member()));
    world.persons.rename(account.deletedMember(), account.email());
    return restored;
  }

  /// The account of a name, when it is not deleted for good.
  private Optional<Account> restorable(ResourceName.OfAccount name) {
    return world
        .accounts
        .byUniqueId(name.account())
        .filter(account -> world.isProject(name.project(), account.project()))
        .filter(account -> account.deleted().filter(this::tooLongAgo).isEmpty());
  }

  private boolean tooLongAgo(Instant deleted) {
    return deleted.plus(RESTORABLE).isBefore(clock.instant());
  }
}
