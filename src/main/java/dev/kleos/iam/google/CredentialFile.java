package dev.kleos.iam.google;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a credential's file says and the library does not keep: whose login it is. gcloud writes it
/// (`account`) where it was told whose login it should be, and an empty text where not. Source:
/// gcloud's own `auth application-default login`.
final class CredentialFile {
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,255}");

  private CredentialFile() {}

  /// The address of the login, also of one that impersonates; empty where the file does not say, or
  /// cannot be read.
  static Optional<String> account(Path file) {
    try (var text = Files.newBufferedReader(file)) {
      return account(JsonParser.parseReader(text));
    } catch (IOException | JsonParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> account(JsonElement credential) {
    if (!(credential instanceof JsonObject fields)) {
      return Optional.empty();
    }
    if (fields.has("source_credentials")) {
      return account(fields.get("source_credentials"));
    }
    return Optional.ofNullable(fields.get("account"))
        .filter(JsonElement::isJsonPrimitive)
        .map(JsonElement::getAsString)
        .filter(account -> EMAIL.matcher(account).matches());
  }
}
