package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Token;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import java.util.List;
import java.util.function.Supplier;

/// An account that the caller acts as.
///
/// @param delegates the accounts on the way to it
record Impersonation(Session session, Resource.Account account, List<Resource.Account> delegates) {
  /// What calls a service as the account.
  ///
  /// @throws CloudException with the command that lets the caller act as it, where that is missing
  Token idToken(String audience) {
    return minted(
        "iam.serviceAccounts.getOpenIdToken",
        () -> session.cloud().tokens().idToken(account, delegates, audience));
  }

  /// What calls Google's APIs as the account.
  ///
  /// @throws CloudException as above
  Token accessToken() {
    return minted(
        "iam.serviceAccounts.getAccessToken",
        () -> session.cloud().tokens().accessToken(account, delegates));
  }

  /// A denial need not be about the permission: an API may be off, or a perimeter forbid the call.
  private Token minted(String permission, Supplier<Token> call) {
    try {
      return call.get();
    } catch (CloudException.Denied e) {
      var advice = e.failure().advice();
      if (!advice.contains(permission) || !delegates.isEmpty()) {
        throw e;
      }
      var denied = new CloudException.Denied(e.failure().withAdvice(advice + "\n" + remedy()));
      denied.initCause(e);
      throw denied;
    }
  }

  private String remedy() {
    var who = session.cloud().caller().principal().map(Principal::spelling).orElse("YOUR_ADDRESS");
    return "An admin of "
        + account.projectId()
        + " runs: "
        + session.commandOfOthers("grant", who, "--account", account.email());
  }
}
