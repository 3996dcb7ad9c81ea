package dev.kleos.iam.emulator;

import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import java.util.List;

/// Who gets tokens of an account, directly or through others (**documented**): each on the way
/// needs `iam.serviceAccounts.implicitDelegation` on the next, and the last of them the permission
/// for the token on the account itself. Used under the world's lock.
final class Delegation {
  private static final String PASS = "iam.serviceAccounts.implicitDelegation";

  private final World world;
  private final Access access;

  Delegation(World world, Access access) {
    this.world = world;
    this.access = access;
  }

  /// The account of a name, when somebody may have its token.
  ///
  /// @param delegates the names of those on the way, beginning with whom the caller asks
  /// @throws StatusRuntimeException for the first link that is missing; that its permission is told
  ///   before an account is said to be disabled is **assumed**
  Account account(Identity caller, String name, List<String> delegates, String permission) {
    delegates.forEach(this::require);
    require(name);
    var who = caller;
    for (var delegate : delegates) {
      who = new Identity.ServiceAccount(reached(who, PASS, delegate));
    }
    return reached(who, permission, name);
  }

  /// **Assumed**: what a disabled account is answered with, other than that it gets none.
  private Account reached(Identity who, String permission, String name) {
    var account = require(name);
    if (!access.allows(who, permission, account.key())) {
      throw Denied.iam(permission, name);
    }
    if (account.disabled()) {
      throw Errors.of(
          Code.FAILED_PRECONDITION, "Service account " + account.email() + " is disabled.");
    }
    return account;
  }

  /// The account of a name.
  ///
  /// @throws StatusRuntimeException **documented**: a project in place of `-` is invalid;
  ///   **recorded**: what a missing account is answered with, to anybody (a deleted one is
  ///   **assumed** to be missing)
  private Account require(String name) {
    if (!(ResourceName.parse(name).orElse(null) instanceof ResourceName.OfAccount parsed)
        || !parsed.project().equals("-")) {
      throw Errors.invalidArgument();
    }
    return world
        .account(parsed)
        .orElseThrow(
            () -> Errors.notFound("Not found; Gaia id not found for email " + parsed.account()));
  }
}
