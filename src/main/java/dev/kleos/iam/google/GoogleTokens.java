package dev.kleos.iam.google;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.iam.credentials.v1.GenerateAccessTokenRequest;
import com.google.cloud.iam.credentials.v1.GenerateIdTokenRequest;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Token;
import dev.kleos.iam.cloud.Tokens;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Resource;
import java.util.ArrayList;
import java.util.List;

/// Tokens by the IAM Credentials client, which takes accounts of any project under the project `-`
/// and no other. Source: the API's own description.
final class GoogleTokens implements Tokens {
  private final Clients clients;

  GoogleTokens(Clients clients) {
    this.clients = clients;
  }

  @Override
  public Token idToken(
      Resource.Account account, List<Resource.Account> delegates, String audience) {
    try {
      var request =
          GenerateIdTokenRequest.newBuilder()
              .setName(name(account))
              .addAllDelegates(names(delegates))
              .setAudience(audience)
              .setIncludeEmail(true)
              .build();
      return token(clients.rare().credentials().generateIdToken(request).getToken(), account);
    } catch (ApiException e) {
      throw told(e, "iam.serviceAccounts.getOpenIdToken", account, delegates);
    }
  }

  @Override
  public Token accessToken(Resource.Account account, List<Resource.Account> delegates) {
    try {
      var request =
          GenerateAccessTokenRequest.newBuilder()
              .setName(name(account))
              .addAllDelegates(names(delegates))
              .addScope(Connection.SCOPE)
              .build();
      var answer = clients.rare().credentials().generateAccessToken(request);
      return token(answer.getAccessToken(), account);
    } catch (ApiException e) {
      throw told(e, "iam.serviceAccounts.getAccessToken", account, delegates);
    }
  }

  private static Token token(String value, Resource.Account account) {
    if (!Token.isSendable(value)) {
      throw new CloudException.Unavailable(
          Failure.of(
              "DATA_LOSS",
              account.name(),
              "Google answered with a token that cannot be sent.",
              "Try again; if it stays so, report it to Google."));
    }
    return new Token(value);
  }

  /// With accounts in between, Google does not say which of them is refused.
  private CloudException told(
      ApiException e,
      String permission,
      Resource.Account account,
      List<Resource.Account> delegates) {
    var failure = clients.error(e, new Call(permission, account));
    if (delegates.isEmpty()
        || !(failure instanceof CloudException.Denied denied)
        || denied.reason() != CloudException.Denied.Reason.PERMISSION) {
      return failure;
    }
    var links = new ArrayList<String>();
    links.add("you need iam.serviceAccounts.implicitDelegation on " + delegates.getFirst().email());
    for (var i = 1; i < delegates.size(); i++) {
      links.add(delegates.get(i - 1).email() + " needs it on " + delegates.get(i).email());
    }
    links.add(delegates.getLast().email() + " needs " + permission + " on " + account.email());
    return new CloudException.Denied(
        failure
            .failure()
            .withAdvice(
                "One of these is missing: "
                    + String.join(", ", links)
                    + "; the narrowest predefined role that has any of them is"
                    + " roles/iam.serviceAccountTokenCreator."));
  }

  private static List<String> names(List<Resource.Account> accounts) {
    return accounts.stream().map(GoogleTokens::name).toList();
  }

  private static String name(Resource.Account account) {
    return "projects/-/serviceAccounts/" + account.email();
  }
}
