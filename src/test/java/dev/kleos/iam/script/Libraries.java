package dev.kleos.iam.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// The libraries that the program's module is made of, as they lie in Maven's repository.
///
/// @param jars by `group:name`; only those of which something is inside
record Libraries(Map<String, Path> jars) {
  private static final Path CLASS_PATH = Path.of("target/distribution/class-path");

  /// Those of the last build.
  ///
  /// @param components what a bill of materials says of them
  /// @throws IOException also where it knows nothing of one
  static Libraries of(JsonArray components) throws IOException {
    var coordinates = new TreeMap<String, String>();
    for (var component : components) {
      coordinates.put(place(component), name(component));
    }
    var jars = new TreeMap<String, Path>();
    for (var entry : Files.readString(CLASS_PATH).strip().split(":", -1)) {
      var jar = Path.of(entry);
      var name =
          coordinates.entrySet().stream()
              .filter(each -> jar.endsWith(each.getKey()))
              .map(Map.Entry::getValue)
              .findAny();
      if (contents(jar).isEmpty()) {
        continue;
      }
      jars.put(name.orElseThrow(() -> new IOException("no bill of materials knows " + jar)), jar);
    }
    return new Libraries(jars);
  }

  static String name(JsonElement component) {
    return text(component, "group") + ":" + text(component, "name");
  }

  Set<String> names() {
    return jars.keySet();
  }

  /// What goes into the module; see `libraries-of-the-module` in the pom.
  List<String> contents(String name) throws IOException {
    return contents(jar(name));
  }

  /// The lines of the notice that whoever passes the library on has to pass on too; none where it
  /// has no such notice.
  List<String> notice(String name) throws IOException {
    try (var jar = new JarFile(jar(name).toFile())) {
      var lines = Stream.<String>of();
      for (var entry : jar.stream().toList()) {
        if (entry.getName().matches("META-INF/NOTICE(\\.\\w+)?")) {
          var text = new String(jar.getInputStream(entry).readAllBytes(), UTF_8);
          lines = Stream.concat(lines, text.lines());
        }
      }
      return lines.map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
  }

  private Path jar(String name) {
    return Objects.requireNonNull(jars.get(name), name);
  }

  private static List<String> contents(Path file) throws IOException {
    try (var jar = new JarFile(file.toFile())) {
      return jar.stream()
          .filter(entry -> !entry.isDirectory())
          .map(JarEntry::getName)
          .filter(entry ->
              !entry.startsWith("META-INF/")
                  && !entry.equals("module-info.class")
                  && !entry.matches(".*\\.(proto|kotlin_builtins|kotlin_metadata)"))
          .toList();
    }
  }

  /// Where Maven's repository keeps it.
  private static String place(JsonElement component) {
    var name = text(component, "name");
    var version = text(component, "version");
    return "%s/%s/%s/%s-%s.jar"
        .formatted(text(component, "group").replace('.', '/'), name, version, name, version);
  }

  private static String text(JsonElement component, String key) {
    return component.getAsJsonObject().get(key).getAsString();
  }
}
