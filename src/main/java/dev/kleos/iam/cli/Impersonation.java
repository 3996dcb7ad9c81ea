package dev.kleos.iam.cli;

import dev.kleos.iam.checkup.Mending;
import dev.kleos.iam.checkup.Remedy;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Token;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.session.AdcFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
  /// And where nobody in particular calls, an emulator's operator, the account is not there.
  private Token minted(String permission, Supplier<Token> call) {
    try {
      return call.get();
    } catch (CloudException.Denied e) {
      var isLacking = permission.equals(e.failure().permission());
      if (!isLacking || !delegates.isEmpty() || !session.cloud().caller().isKnown()) {
        throw e;
      }
      var advice = new ArrayList<>(List.of(e.failure().advice()));
      byDelegates().ifPresent(advice::add);
      new RemedyText(session).of(grant()).ifPresent(advice::add);
      var denied = new CloudException.Denied(e.failure().withAdvice(String.join("\n", advice)));
      denied.initCause(e);
      throw denied;
    } catch (CloudException.Rejected e) {
      throw disabled(e)
          .flatMap(it -> new RemedyText(session).of(Mending.enable(it)))
          .map(advice -> rejected(e, advice))
          .orElse(e);
    }
  }

  /// The account that is disabled, where that is the reason: this one or one on the way to it,
  /// which Google's text names.
  private Optional<Resource.Account> disabled(CloudException.Rejected e) {
    var text = e.failure().message();
    if (!e.failure().code().equals("FAILED_PRECONDITION") || !text.contains("is disabled")) {
      return Optional.empty();
    }
    return Stream.concat(delegates.stream(), Stream.of(account))
        .filter(it -> text.contains(it.email()))
        .findFirst()
        .or(() -> delegates.isEmpty() ? Optional.of(account) : Optional.empty());
  }

  private static CloudException.Rejected rejected(CloudException.Rejected e, String advice) {
    var rejected = new CloudException.Rejected(e.failure().withAdvice(advice));
    rejected.initCause(e);
    return rejected;
  }

  /// Credentials that impersonate an account are used as whoever is behind them, who may have been
  /// let act as that account alone. The role for that lets him go by it to the next one, too.
  private Optional<String> byDelegates() {
    var surroundings = session.surroundings();
    if (!session.options().clouds().isGoogle(surroundings)
        || !(AdcFile.find(surroundings.env()) instanceof AdcFile.Found found)) {
      return Optional.empty();
    }
    var accounts = found.leftAside();
    if (accounts.isEmpty() || accounts.getLast().equalsIgnoreCase(account.email())) {
      return Optional.empty();
    }
    return Optional.of(
        "Your credentials impersonate "
            + accounts.getLast()
            + ", which is left aside here; to go by it, add "
            + CommandText.line(List.of("--delegates", String.join(",", accounts))));
  }

  private Remedy grant() {
    var who = session.cloud().caller().principal().map(Principal::spelling).orElse("YOUR_ADDRESS");
    return Remedy.Own.of("grant", who, "--account", account.email());
  }
}
