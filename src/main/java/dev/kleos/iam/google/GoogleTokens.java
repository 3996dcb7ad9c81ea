package dev.kleos.iam.google;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.iam.credentials.v1.GenerateAccessTokenRequest;
import com.google.cloud.iam.credentials.v1.GenerateIdTokenRequest;
import dev.kleos.iam.cloud.Token;
import dev.kleos.iam.cloud.Tokens;
import dev.kleos.iam.model.Resource;
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
      return new Token(clients.rare().credentials().generateIdToken(request).getToken());
    } catch (ApiException e) {
      throw clients.error(e, new Call("iam.serviceAccounts.getOpenIdToken", account));
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
      return new Token(clients.rare().credentials().generateAccessToken(request).getAccessToken());
    } catch (ApiException e) {
      throw clients.error(e, new Call("iam.serviceAccounts.getAccessToken", account));
    }
  }

  private static List<String> names(List<Resource.Account> accounts) {
    return accounts.stream().map(GoogleTokens::name).toList();
  }

  private static String name(Resource.Account account) {
    return "projects/-/serviceAccounts/" + account.email();
  }
}
