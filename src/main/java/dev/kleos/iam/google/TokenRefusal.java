package dev.kleos.iam.google;

import com.google.api.client.http.HttpResponseException;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.kleos.iam.cloud.Caller;
import dev.kleos.iam.cloud.Caller.Credential;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.CloudException.Denied.Reason;
import dev.kleos.iam.model.Failure;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// Why there is no access token: what one of Google's token endpoints answered, of which nothing is
/// repeated but its code.
record TokenRefusal(HttpResponseException answer, Caller caller) {
  private static final Pattern CODE = Pattern.compile("[A-Za-z_]{1,60}");

  /// The only API that is asked for the token of an account which is impersonated.
  private static final String MAKES_TOKENS = "iamcredentials.googleapis.com";

  /// What to tell of it.
  CloudException told(Call call) {
    var status = answer.getStatusCode();
    var name = call.resource().name();
    if (status >= 500 || status == 429) {
      return new CloudException.Transient(
          Failure.of(
              "UNAVAILABLE",
              name,
              "Google issued no access token for now (HTTP " + status + ").",
              Advice.TRY_AGAIN),
          Optional.empty());
    }
    var code = code();
    if (code.equals("PERMISSION_DENIED") && !caller.impersonated().isEmpty()) {
      var target = caller.impersonated().getFirst();
      return disabled()
          .<CloudException>map(use -> notEnabled(name, target, use))
          .orElseGet(() -> new CloudException.Unavailable(notImpersonated(name, target)));
    }
    return new CloudException.Unavailable(
        Failure.of("UNAUTHENTICATED", name, message(code), advice(caller)));
  }

  /// **Documented**: `invalid_grant` is said of a login that was revoked, has expired, or has to be
  /// renewed (`invalid_rapt`), and of a key that was deleted or whose account was disabled.
  private String message(String code) {
    if (!code.equals("invalid_grant")) {
      return "Google does not accept the Application Default Credentials ("
          + (code.isEmpty() ? "HTTP " + answer.getStatusCode() : code)
          + ").";
    }
    return switch (caller.credential()) {
      case USER_LOGIN ->
          "The login of the Application Default Credentials has expired or was revoked.";
      case SERVICE_ACCOUNT_KEY ->
          "The service account's key was deleted, its account is disabled or deleted, or the clock of"
              + " this machine is wrong.";
      default -> "Google does not accept the token that the credentials are made of.";
    };
  }

  /// What helps where a credential yields no token.
  static String advice(Caller caller) {
    var isFile = !caller.source().isEmpty() && caller.credential() != Credential.USER_LOGIN;
    return isFile
        ? "Mend or replace "
            + caller.source()
            + ", or log in: gcloud auth application-default login"
        : Advice.LOG_IN;
  }

  private Failure notImpersonated(String resource, String target) {
    return Failure.of(
        "PERMISSION_DENIED",
        resource,
        "The Application Default Credentials impersonate "
            + target
            + ", and whoever is behind them may not.",
        "Grant roles/iam.serviceAccountTokenCreator on that account, or stop to impersonate:"
            + " gcloud auth application-default login");
  }

  /// The API that makes the tokens is off, which has nothing to do with anybody's roles.
  private static CloudException notEnabled(String resource, String target, ApiUse use) {
    var message =
        "The Application Default Credentials impersonate "
            + target
            + ", and "
            + use.api()
            + ", which makes its tokens, is not enabled in "
            + (use.project().isEmpty() ? "the project that calls are counted for" : use.project())
            + ".";
    var failure = Failure.of("PERMISSION_DENIED", resource, message, Advice.ifDisabled(use, "-"));
    return new CloudException.Denied(failure, Reason.API_DISABLED, use.api(), use.project());
  }

  /// The API that is off, and where, by an `ErrorInfo` in JSON; empty where it is not that.
  private Optional<ApiUse> disabled() {
    var details =
        error()
            .filter(JsonObject.class::isInstance)
            .map(error -> error.getAsJsonObject().get("details"));
    return details.stream()
        .filter(JsonArray.class::isInstance)
        .flatMap(list -> list.getAsJsonArray().asList().stream())
        .filter(JsonObject.class::isInstance)
        .map(JsonElement::getAsJsonObject)
        .filter(info -> text(info, "reason").equals("SERVICE_DISABLED"))
        .map(info -> info.get("metadata") instanceof JsonObject data ? data : new JsonObject())
        .map(data -> ApiUse.of(text(data, "service"), text(data, "consumer")))
        .map(use -> use.api().isEmpty() ? new ApiUse(MAKES_TOKENS, use.project()) : use)
        .findFirst();
  }

  /// `error` of OAuth, or the status of Google's APIs; empty where there is none.
  private String code() {
    return error()
        .map(error -> error instanceof JsonObject status ? status.get("status") : error)
        .filter(JsonPrimitive.class::isInstance)
        .map(JsonElement::getAsString)
        .filter(code -> CODE.matcher(code).matches())
        .orElse("");
  }

  private Optional<JsonElement> error() {
    return Optional.of(Objects.toString(answer.getContent(), ""))
        .flatMap(TokenRefusal::parsed)
        .map(body -> body.get("error"));
  }

  private static String text(JsonObject object, String name) {
    return object.get(name) instanceof JsonPrimitive text ? text.getAsString() : "";
  }

  private static Optional<JsonObject> parsed(String body) {
    try {
      return JsonParser.parseString(body) instanceof JsonObject json
          ? Optional.of(json)
          : Optional.empty();
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }
}
