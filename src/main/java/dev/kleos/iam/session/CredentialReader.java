package dev.kleos.iam.session;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.kleos.iam.session.StoredCredential.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// Understands a credential file, or says what is wrong with it without repeating any of it.
final class CredentialReader {
  private static final TypeAdapter<JsonElement> JSON = new Gson().getAdapter(JsonElement.class);
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,255}");
  private static final Pattern PLACE = Pattern.compile("line \\d+ column \\d+");
  private static final Pattern TARGET = Pattern.compile("/([^/]+):generateAccessToken$");
  private static final String UNIVERSE = "googleapis.com";
  private static final String EXECUTABLES = "GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES";

  /// The command of a new login.
  static final String LOG_IN = "gcloud auth application-default login";

  /// What helps where a credential is damaged.
  static final String MAKE_ANOTHER = "Make a new one, for a login with: " + LOG_IN;

  /// What Google's library needs of each kind. Source: its own checks.
  private static final Map<Kind, List<String>> NEEDED =
      Map.of(
          Kind.LOGIN, List.of("client_id", "client_secret", "refresh_token"),
          Kind.KEY, List.of("client_id", "client_email", "private_key", "private_key_id"),
          Kind.IMPERSONATION, List.of("service_account_impersonation_url"),
          Kind.FEDERATION, List.of("audience", "subject_token_type", "token_url"),
          Kind.WORKFORCE_LOGIN,
              List.of("client_id", "client_secret", "refresh_token", "token_url"));

  private final Map<String, String> env;

  private CredentialReader(Map<String, String> env) {
    this.env = env;
  }

  /// Understands a credential.
  ///
  /// @throws BrokenSettingException where it must not or cannot be used; its text goes on where a
  ///   sentence names the file
  static StoredCredential read(String file, Map<String, String> env) {
    return new CredentialReader(env).read(parse(file), "");
  }

  static Optional<String> text(JsonObject json, String name) {
    return Optional.ofNullable(json.get(name))
        .filter(it -> it instanceof JsonPrimitive text && text.isString())
        .map(JsonElement::getAsString);
  }

  static boolean isEmail(String text) {
    return EMAIL.matcher(text).matches();
  }

  private static JsonObject parse(String text) {
    try (var reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      var read = JSON.read(reader);
      var isAll = reader.peek() == JsonToken.END_DOCUMENT; // which throws where anything follows
      if (isAll && read instanceof JsonObject json) {
        dropNulls(json);
        return json;
      }
      throw broken("is no JSON object");
    } catch (IOException | JsonParseException | IllegalStateException | StackOverflowError e) {
      var place = PLACE.matcher(Objects.toString(e.getMessage(), ""));
      throw broken("is malformed JSON" + (place.find() ? " at " + place.group() : ""));
    }
  }

  /// A field that is null counts for none, which Google's library does not see.
  private static void dropNulls(JsonObject json) {
    json.entrySet().removeIf(field -> field.getValue().isJsonNull());
    json.entrySet().stream()
        .map(Map.Entry::getValue)
        .filter(JsonObject.class::isInstance)
        .forEach(inside -> dropNulls(inside.getAsJsonObject()));
  }

  /// @param at where in the file it stands: empty, or `source_credentials.`
  private StoredCredential read(JsonObject json, String at) {
    var kind = kind(json, at);
    for (var needed : NEEDED.getOrDefault(kind, List.of())) {
      if (text(json, needed).orElse("").isEmpty()) {
        throw broken("lacks " + at + needed);
      }
    }
    if (json.has("universe_domain") && !text(json, "universe_domain").orElse("").equals(UNIVERSE)) {
      throw new BrokenSettingException(
          "is of another universe than " + UNIVERSE + " (" + at + "universe_domain)",
          "kleos-iam knows Google Cloud itself only. " + MAKE_ANOTHER);
    }
    AddressRules.check(kind, json, at);
    checkExecutable(json, at);
    FieldRules.check(kind, json, at);
    var source = source(kind, json, at);
    return new StoredCredential(
        kind,
        json,
        impersonated(json, at),
        kind == Kind.IMPERSONATION ? delegates(json, at) : List.of(),
        source);
  }

  private static Kind kind(JsonObject json, String at) {
    var type = text(json, "type").orElse("");
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.type().equals(type))
        .findFirst()
        .orElseThrow(() ->
            broken(
                type.isEmpty()
                    ? "lacks " + at + "type"
                    : "is of a kind that kleos-iam does not know (" + at + "type)"));
  }

  private Optional<StoredCredential> source(Kind kind, JsonObject json, String at) {
    if (kind != Kind.IMPERSONATION) {
      return Optional.empty();
    }
    if (!(json.get("source_credentials") instanceof JsonObject nested)) {
      throw broken("lacks " + at + "source_credentials");
    }
    var inside = at + "source_credentials.";
    var source = kind(nested, inside);
    if (source != Kind.LOGIN && source != Kind.KEY) {
      throw broken(
          "impersonates by what Google's library for Java does not take (" + inside + "type)");
    }
    return Optional.of(read(nested, inside));
  }

  private static Optional<String> impersonated(JsonObject json, String at) {
    return text(json, "service_account_impersonation_url")
        .map(url -> {
          var target = TARGET.matcher(url);
          if (!target.find() || !isEmail(target.group(1))) {
            throw broken("names no account in " + at + "service_account_impersonation_url");
          }
          return target.group(1);
        });
  }

  private static List<String> delegates(JsonObject json, String at) {
    var delegates = new ArrayList<String>();
    var listed = json.get("delegates");
    if (listed == null || listed.isJsonNull()) {
      return delegates;
    }
    if (!listed.isJsonArray()) {
      throw broken("has no list in " + at + "delegates");
    }
    for (var delegate : listed.getAsJsonArray()) {
      if (!(delegate instanceof JsonPrimitive text && text.isString())) {
        throw broken("has no addresses in " + at + "delegates");
      }
      delegates.add(text.getAsString());
    }
    return delegates;
  }

  /// **Documented**: a credential that is got by running a program is used by none of Google's
  /// libraries unless the variable allows it, since whoever writes the file chooses the program.
  private void checkExecutable(JsonObject json, String at) {
    if (json.get("credential_source") instanceof JsonObject source
        && source.has("executable")
        && !env.getOrDefault(EXECUTABLES, "").equals("1")) {
      throw new BrokenSettingException(
          "would run a program (" + at + "credential_source.executable)",
          "Look at its command; if it is one to trust, set " + EXECUTABLES + "=1.");
    }
  }

  static BrokenSettingException broken(String why) {
    return new BrokenSettingException(why, MAKE_ANOTHER);
  }
}
