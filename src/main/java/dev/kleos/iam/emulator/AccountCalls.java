package dev.kleos.iam.emulator;

import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.PatchServiceAccountRequest;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// The life of service accounts, from creation to restoration. Used under the world's lock.
final class AccountCalls {
  private static final Duration RESTORABLE = Duration.ofDays(30);

  private final World world;
  private final Clock clock;

  AccountCalls(World world, Clock clock) {
    this.world = world;
    this.clock = clock;
  }

  /// The live account of a name.
  ///
  /// @throws StatusRuntimeException **documented**: with the project `-`, what is missing is denied
  ///   rather than not found; **recorded**: the text of the latter; **assumed**: a project that is
  ///   missing is denied as well
  static Account require(World world, String name, String permission) {
    if (!(ResourceName.parse(name).orElse(null) instanceof ResourceName.OfAccount parsed)) {
      throw Errors.invalidArgument();
    }
    return world.account(parsed).orElseThrow(() -> missing(world, name, parsed, permission));
  }

  Account require(String name, String permission) {
    return require(world, name, permission);
  }

  /// The project that accounts are created or listed in.
  ///
  /// @throws StatusRuntimeException when it is missing (**assumed** to be denied)
  Project project(String name, String permission) {
    if (!(ResourceName.parse(name).orElse(null)
        instanceof ResourceName.OfProject(var idOrNumber))) {
      throw Errors.invalidArgument();
    }
    return world.projects.find(idOrNumber).orElseThrow(() -> Errors.denied(permission));
  }

  Account create(CreateServiceAccountRequest request) {
    var project = project(request.getName(), "iam.serviceAccounts.create");
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
    var account = require(sent.getName(), "iam.serviceAccounts.update");
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
    var account = require(name, permission);
    if (account.disabled() != disabled) {
      world.accounts.put(account.withDisabled(disabled));
    }
  }

  /// **Documented**: policies go on naming it, as a `deleted:` member.
  void delete(String name) {
    var account = require(name, "iam.serviceAccounts.delete");
    world.accounts.delete(account, clock.instant());
    world.policies.rewrite(new MemberRewrite(account.member(), account.deletedMember()));
  }

  /// **Documented**: by unique id, within 30 days, while no live account has its e-mail; policies
  /// name it as before. That its own policy comes back as well, and the codes and texts of the
  /// refusals, are **assumed**.
  Account undelete(String name) {
    if (!(ResourceName.parse(name).orElse(null) instanceof ResourceName.OfAccount parsed)) {
      throw Errors.invalidArgument();
    }
    var account =
        world
            .accounts
            .byUniqueId(parsed.account())
            .filter(found -> world.isProject(parsed.project(), found.project()))
            .filter(this::restorable)
            .orElseThrow(() -> missing(world, name, parsed, "iam.serviceAccounts.undelete"));
    if (account.deleted().isEmpty()) {
      throw Errors.of(Code.FAILED_PRECONDITION, "Service account " + name + " is not deleted.");
    }
    if (world.accounts.live(account.email()).isPresent()) {
      throw Errors.accountExists(account.project(), account.email());
    }
    var restored = account.withDeleted(Optional.empty());
    world.accounts.put(restored);
    world.policies.rewrite(new MemberRewrite(account.deletedMember(), account.member()));
    return restored;
  }

  private boolean restorable(Account account) {
    var now = clock.instant();
    return account.deleted().map(deleted -> !deleted.plus(RESTORABLE).isBefore(now)).orElse(true);
  }

  private static StatusRuntimeException missing(
      World world, String name, ResourceName.OfAccount parsed, String permission) {
    return world.projects.find(parsed.project()).isPresent()
        ? Errors.notFound("Service account " + name + " does not exist.")
        : Errors.denied(permission);
  }
}
