package dev.kleos.iam.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.kleos.iam.session.StoredCredential.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What the fields of a credential have to be. Google's library trips over one that is not so
/// without a word of which it is, or with its value. Source: the library's own casts and checks.
final class FieldRules {
  private static final List<String> TEXTS =
      List.of(
          "account",
          "audience",
          "client_email",
          "client_id",
          "client_secret",
          "private_key",
          "private_key_id",
          "project_id",
          "quota_project_id",
          "refresh_token",
          "revoke_url",
          "service_account_impersonation_url",
          "subject_token_type",
          "token_info_url",
          "token_uri",
          "token_url",
          "workforce_pool_user_project");

  private static final List<String> TEXTS_OF_SOURCE =
      List.of(
          "environment_id",
          "file",
          "imdsv2_session_token_url",
          "region_url",
          "regional_cred_verification_url",
          "url");

  /// Of which a workload gets its token from one.
  private static final List<String> SOURCES = List.of("file", "url", "certificate");

  private static final Set<String> FORMATS = Set.of("json", "text");

  private FieldRules() {}

  /// Checks the fields of a credential, though not those of its source.
  ///
  /// @throws BrokenSettingException where one is not as it has to be
  static void check(Kind kind, JsonObject json, String at) {
    texts(json, at, TEXTS);
    optional(json, at, "scopes", JsonArray.class::isInstance, "list");
    var lifetime = at + "service_account_impersonation.";
    number(object(json, at, "service_account_impersonation"), lifetime, "token_lifetime_seconds");
    if (kind == Kind.FEDERATION) {
      needed(json, at, "credential_source");
      source(object(json, at, "credential_source"), at + "credential_source.");
    }
  }

  private static void source(JsonObject source, String at) {
    texts(source, at, TEXTS_OF_SOURCE);
    if (source.has("environment_id")) {
      needed(source, at, "regional_cred_verification_url");
      if (!CredentialReader.text(source, "environment_id").orElse("").equals("aws1")) {
        throw CredentialReader.broken(
            "is of an environment that Google's library does not know (" + at + "environment_id)");
      }
    } else if (source.has("executable")) {
      var program = object(source, at, "executable");
      needed(program, at + "executable.", "command");
      texts(program, at + "executable.", List.of("command", "output_file"));
      number(program, at + "executable.", "timeout_millis");
    } else {
      token(source, at);
    }
  }

  /// Where the token of a workload is.
  private static void token(JsonObject source, String at) {
    var named = SOURCES.stream().filter(source::has).toList();
    if (named.size() != 1) {
      throw CredentialReader.broken(
          named.isEmpty()
              ? "lacks file, url or certificate in " + at.replaceFirst("\\.$", "")
              : "has more than one of " + String.join(" and ", prefixed(at, named)));
    }
    object(source, at, "certificate");
    var headers = object(source, at, "headers").asMap().values();
    if (!headers.stream().allMatch(FieldRules::isText)) { // their names are nobody's business
      throw CredentialReader.broken("has no texts in " + at + "headers");
    }
    var format = object(source, at, "format");
    texts(format, at + "format.", List.of("subject_token_field_name", "type"));
    var type = CredentialReader.text(format, "type").orElse("text");
    if (!FORMATS.contains(type)) {
      throw CredentialReader.broken("has neither text nor json in " + at + "format.type");
    }
    if (type.equals("json")) {
      needed(format, at + "format.", "subject_token_field_name");
    }
  }

  private static List<String> prefixed(String at, List<String> names) {
    return names.stream().map(at::concat).toList();
  }

  private static void needed(JsonObject json, String at, String field) {
    if (!json.has(field)) {
      throw CredentialReader.broken("lacks " + at + field);
    }
  }

  private static void texts(JsonObject json, String at, List<String> fields) {
    fields.forEach(field -> optional(json, at, field, FieldRules::isText, "text"));
  }

  /// An object without fields where there is none.
  private static JsonObject object(JsonObject json, String at, String field) {
    optional(json, at, field, JsonObject.class::isInstance, "object");
    return json.get(field) instanceof JsonObject object ? object : new JsonObject();
  }

  private static void number(JsonObject json, String at, String field) {
    optional(json, at, field, FieldRules::isWhole, "whole number");
  }

  private static void optional(
      JsonObject json, String at, String field, Predicate<JsonElement> isRight, String what) {
    if (Stream.ofNullable(json.get(field)).anyMatch(isRight.negate())) {
      throw CredentialReader.broken("has no " + what + " in " + at + field);
    }
  }

  private static boolean isText(JsonElement value) {
    return value instanceof JsonPrimitive it && it.isString();
  }

  /// Also one in quotes, which the library takes.
  private static boolean isWhole(JsonElement value) {
    try {
      return value instanceof JsonPrimitive it
          && !it.isBoolean()
          && new BigDecimal(it.getAsString()).intValueExact() >= 0;
    } catch (ArithmeticException | NumberFormatException e) {
      return false;
    }
  }
}
