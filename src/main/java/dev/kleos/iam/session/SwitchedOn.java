package dev.kleos.iam.session;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An impersonation that was switched on, as it is written down before any file is changed.
///
/// @param since when
/// @param programsBefore whom programs impersonated before that
/// @param files that are changed for it
public record SwitchedOn(
    String account, Instant since, Optional<String> programsBefore, List<Changed> files) {
  private static final String VERSION = "kleosIamImpersonation";

  public SwitchedOn {
    files = List.copyOf(files);
  }

  /// A file that is changed.
  ///
  /// @param name of the switch
  /// @param kept the copy of what was there before; empty where nothing was
  /// @param written the SHA-256 of what it was replaced by
  record Changed(String name, Path file, Optional<Kept> kept, String written) {}

  /// A copy of what a file was.
  ///
  /// @param name of the file that has it, beside the record
  record Kept(String name, String sha256) {}

  /// Whether programs are a part of it, as well as gcloud.
  public boolean hasPrograms() {
    return files.stream().anyMatch(changed -> changed.name().equals(ProgramsSwitch.NAME));
  }

  byte[] json() {
    var listed = new JsonArray();
    for (var changed : files) {
      var json = new JsonObject();
      json.addProperty("of", changed.name());
      json.addProperty("file", changed.file().toString());
      changed
          .kept()
          .ifPresent(kept -> {
            json.addProperty("kept", kept.name());
            json.addProperty("before", kept.sha256());
          });
      json.addProperty("written", changed.written());
      listed.add(json);
    }
    var json = new JsonObject();
    json.addProperty(VERSION, 1);
    json.addProperty("account", account);
    json.addProperty("since", since.toString());
    programsBefore.ifPresent(target -> json.addProperty("programsBefore", target));
    json.add("files", listed);
    return (json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /// Empty where it is damaged, or of another version.
  static Optional<SwitchedOn> of(byte[] content) {
    try {
      var json = new Gson().fromJson(new String(content, StandardCharsets.UTF_8), JsonObject.class);
      if (json == null || !json.has(VERSION) || json.get(VERSION).getAsInt() != 1) {
        return Optional.empty();
      }
      var files = new ArrayList<Changed>();
      for (var element : json.getAsJsonArray("files")) {
        files.add(changed(element.getAsJsonObject()));
      }
      return Optional.of(
          new SwitchedOn(
              text(json, "account"),
              Instant.parse(text(json, "since")),
              CredentialReader.text(json, "programsBefore"),
              files));
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | ClassCastException
        | UnsupportedOperationException
        | DateTimeException e) {
      return Optional.empty();
    }
  }

  /// @throws InvalidPathException and others where it is damaged
  private static Changed changed(JsonObject json) {
    var name = text(json, "of");
    if (!Switch.names().contains(name)) {
      throw new IllegalStateException(name);
    }
    return new Changed(
        name,
        Path.of(text(json, "file")),
        CredentialReader.text(json, "kept")
            .filter(kept -> kept.matches("kept-\\d"))
            .map(kept -> new Kept(kept, text(json, "before"))),
        text(json, "written"));
  }

  private static String text(JsonObject json, String name) {
    return CredentialReader.text(json, name).orElseThrow(() -> new IllegalStateException(name));
  }
}
