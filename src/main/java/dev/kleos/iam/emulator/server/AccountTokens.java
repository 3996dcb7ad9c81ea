package dev.kleos.iam.emulator.server;

import com.google.cloud.iam.credentials.v1.GenerateAccessTokenRequest;
import com.google.cloud.iam.credentials.v1.IAMCredentialsGrpc;
import com.google.gson.JsonObject;
import dev.kleos.iam.emulator.Emulator;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import java.util.Optional;

/// A token endpoint that Google does not have: `POST /_emulator/accounts/ACCOUNT/token` exchanges a
/// refresh token that says who is calling, an e-mail address or `operator`, for an access token of
/// the account, where that caller may impersonate it. So a credential file alone leads a client
/// library here as the account: of all addresses in such files, the libraries for Node, Java and
/// Python go by the `token_url` of one kind, `external_account_authorized_user`, which impersonates
/// nobody itself.
record AccountTokens(Emulator emulator, Upstream upstream) implements RestHandler {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  @Override
  public Optional<RestAnswer> answer(RestRequest request) {
    var path = request.path();
    var isOurs =
        request.verb().equals("POST")
            && path.size() == 4
            && path.get(0).equals("_emulator")
            && path.get(1).equals("accounts")
            && path.get(3).equals("token");
    return isOurs ? Optional.of(token(path.get(2), request)) : Optional.empty();
  }

  private RestAnswer token(String account, RestRequest request) {
    var caller = TokenPaths.form(request).getOrDefault("refresh_token", "");
    var asked =
        GenerateAccessTokenRequest.newBuilder()
            .setName("projects/-/serviceAccounts/" + account)
            .addScope(SCOPE)
            .build();
    try {
      var answer =
          upstream.call(
              IAMCredentialsGrpc.getGenerateAccessTokenMethod(), asked, "Bearer " + caller);
      var json = new JsonObject();
      json.addProperty("access_token", answer.getAccessToken());
      json.addProperty(
          "expires_in", answer.getExpireTime().getSeconds() - emulator.now().getEpochSecond());
      json.addProperty("token_type", "Bearer");
      return RestAnswer.ok(json);
    } catch (StatusRuntimeException e) {
      var json = new JsonObject();
      json.addProperty("error", "access_denied");
      json.addProperty(
          "error_description", Objects.requireNonNullElse(e.getStatus().getDescription(), ""));
      return RestAnswer.of(403, json);
    }
  }
}
