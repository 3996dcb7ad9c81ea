package dev.kleos.iam.emulator;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/// Writes a world in the format of the package's comment. Used under the world's lock.
///
/// It remembers how each account and policy is written, since a change seldom touches more than
/// one: saving a large world is then little more than writing the file.
final class WorldWriter {
  private final Map<String, Row> accounts = new HashMap<>();
  private final Map<String, Row> policies = new HashMap<>();

  /// Writes the whole file, as UTF-8, in small pieces.
  void write(World world, OutputStream file) throws IOException {
    var head = JsonText.of(json -> writeHead(json, world));
    file.write(utf8(head.substring(0, head.length() - "\n}".length())));
    writeRows(file, "serviceAccounts", accounts, world.accounts.all(), WorldWriter::writeAccount);
    writeRows(file, "policies", policies, world.policies.all(), PolicyJson::write);
    file.write(utf8("\n}\n"));
  }

  private static void writeHead(JsonWriter json, World world) throws IOException {
    json.beginObject().name(WorldReader.HEADER).value(WorldReader.VERSION);
    if (!world.limited()) {
      json.name("limits").value("off");
    }
    json.name("projects").beginObject();
    for (var project : world.projects.all().values()) {
      json.name(project.id()).beginObject().name("number").value(project.number()).endObject();
    }
    json.endObject().name("services").beginArray();
    for (var service : world.services.rows().values()) {
      ServiceJson.write(json, service);
    }
    json.endArray();
    writeObjects(json, "disabledApis", world.apis.disabled(), WorldWriter::writeTexts);
    writeObjects(json, "identities", world.persons.identities.rows(), JsonWriter::value);
    writeObjects(json, "aliases", world.persons.aliases.rows(), JsonWriter::value);
    writeObjects(json, "groups", world.persons.groups.rows(), WorldWriter::writeTexts);
    if (!world.roles.rows().isEmpty()) { // else what writes them is not worth loading
      writeObjects(json, "roles", world.roles.rows(), RoleJson::write);
    }
    json.endObject();
  }

  private static <V> void writeObjects(
      JsonWriter json, String name, SortedMap<String, V> rows, RowWriter<V> writer)
      throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    json.name(name).beginObject();
    for (var row : rows.entrySet()) {
      json.name(row.getKey());
      writer.write(json, row.getValue());
    }
    json.endObject();
  }

  private static void writeTexts(JsonWriter json, Iterable<String> texts) throws IOException {
    json.beginArray();
    for (var text : texts) {
      json.value(text);
    }
    json.endArray();
  }

  private static void writeAccount(JsonWriter json, Account account) throws IOException {
    json.beginObject()
        .name("project")
        .value(account.project())
        .name("email")
        .value(account.email());
    JsonText.member(json, "displayName", account.displayName());
    JsonText.member(json, "description", account.description());
    if (account.disabled()) {
      json.name("disabled").value(true);
    }
    JsonText.member(json, "deleteTime", account.deleted().map(Object::toString).orElse(""));
    json.endObject();
  }

  /// Writes a member of the file that is an object itself, of a row each.
  private static <V> void writeRows(
      OutputStream file,
      String name,
      Map<String, Row> known,
      SortedMap<String, V> rows,
      RowWriter<V> writer)
      throws IOException {
    file.write(utf8(",\n  \"" + name + "\": {"));
    var separator = "";
    for (var row : rows.entrySet()) {
      var written = known.get(row.getKey());
      if (written == null || !written.value.equals(row.getValue())) {
        written = new Row(row.getValue(), text(row.getKey(), row.getValue(), writer));
        known.put(row.getKey(), written);
      }
      file.write(utf8(separator));
      file.write(written.text);
      separator = ",";
    }
    file.write(utf8(rows.isEmpty() ? "}" : "\n  }"));
    if (known.size() > rows.size()) {
      known.keySet().retainAll(rows.keySet());
    }
  }

  /// A row on lines of its own, as far to the right as it stands in the file. (Line ends within
  /// texts are escaped in JSON, so all that one sees are ours.)
  private static <V> byte[] text(String key, V value, RowWriter<V> writer) throws IOException {
    var alone =
        JsonText.of(json -> {
          json.beginObject().name(key);
          writer.write(json, value);
          json.endObject();
        });
    return utf8(alone.substring(1, alone.length() - "\n}".length()).replace("\n", "\n  "));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @FunctionalInterface
  private interface RowWriter<V> {
    void write(JsonWriter json, V value) throws IOException;
  }

  /// How a value was written.
  private static final class Row {
    private final Object value;
    private final byte[] text;

    Row(Object value, byte[] text) {
      this.value = value;
      this.text = text;
    }
  }
}
