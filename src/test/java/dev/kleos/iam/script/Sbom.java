package dev.kleos.iam.script;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The distribution's bill of materials (CycloneDX): what its Maven plugin says of the libraries,
/// without those of which nothing is inside, and with the Java runtime, which it cannot know of.
/// Part of the build (`src/main/launcher/distribute`), not a test.
final class Sbom {
  private final JsonObject document;

  private Sbom(JsonObject document) {
    this.document = document;
  }

  /// Writes it.
  ///
  /// @param args the JDK that the runtime is made of, the runtime, and the file to write
  public static void main(String[] args) throws IOException {
    var text = Files.readString(Path.of("target/distribution/libraries.cdx.json"));
    var sbom = new Sbom(JsonParser.parseString(text).getAsJsonObject());
    sbom.keepOnly(Libraries.of(sbom.components()).names());
    sbom.add(runtime(release(Path.of(args[0])), release(Path.of(args[1]))));
    var json = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    Files.writeString(Path.of(args[2]), json.toJson(sbom.document) + "\n");
  }

  /// What needed a library of which nothing is inside needs what that one needed.
  private void keepOnly(Collection<String> libraries) {
    var dropped = new TreeSet<String>();
    for (var component : List.copyOf(components().asList())) {
      if (!libraries.contains(Libraries.name(component))) {
        components().remove(component);
        dropped.add(text(component, "bom-ref"));
      }
    }
    var needs = new HashMap<String, List<String>>();
    for (var node : dependencies()) {
      needs.put(text(node, "ref"), needs(node));
    }
    for (var node : List.copyOf(dependencies().asList())) {
      if (dropped.contains(text(node, "ref"))) {
        dependencies().remove(node);
      } else {
        var all = new TreeSet<String>();
        collect(needs(node), needs, dropped, all);
        var array = new JsonArray();
        all.forEach(array::add);
        node.getAsJsonObject().add("dependsOn", array);
      }
    }
  }

  private static void collect(
      List<String> references,
      Map<String, List<String>> needs,
      Collection<String> dropped,
      Collection<String> all) {
    for (var reference : references) {
      if (dropped.contains(reference)) {
        collect(needs.getOrDefault(reference, List.of()), needs, dropped, all);
      } else {
        all.add(reference);
      }
    }
  }

  private void add(JsonObject runtime) {
    components().add(runtime);
    var program = text(document.getAsJsonObject("metadata").get("component"), "bom-ref");
    for (var node : dependencies()) {
      if (text(node, "ref").equals(program)) {
        node.getAsJsonObject().getAsJsonArray("dependsOn").add(text(runtime, "bom-ref"));
      }
    }
    var node = new JsonObject();
    node.addProperty("ref", text(runtime, "bom-ref"));
    dependencies().add(node);
  }

  /// The name under which scanners find what is known of a Java runtime is Oracle's OpenJDK,
  /// whoever built it.
  private static JsonObject runtime(Properties jdk, Properties linked) {
    var version =
        Objects.requireNonNullElse(value(jdk, "SEMANTIC_VERSION"), value(jdk, "JAVA_VERSION"));
    var purl = "pkg:generic/openjdk@" + version.replace("+", "%2B");
    var runtime = new JsonObject();
    runtime.addProperty("type", "platform");
    runtime.addProperty("bom-ref", purl);
    runtime.addProperty("publisher", value(jdk, "IMPLEMENTOR"));
    runtime.addProperty("name", "openjdk");
    runtime.addProperty("version", version);
    runtime.addProperty("description", "The Java runtime, linked by jlink of the modules below.");
    runtime.addProperty("scope", "required");
    var expression = new JsonObject();
    expression.addProperty("expression", "GPL-2.0-only WITH Classpath-exception-2.0");
    runtime.add("licenses", array(expression));
    runtime.addProperty(
        "cpe", "cpe:2.3:a:oracle:openjdk:" + value(linked, "JAVA_VERSION") + ":*:*:*:*:*:*:*");
    runtime.addProperty("purl", purl);
    if (value(jdk, "SOURCE_REPO") != null) {
      var source = new JsonObject();
      source.addProperty("type", "vcs");
      source.addProperty("url", value(jdk, "SOURCE_REPO"));
      runtime.add("externalReferences", array(source));
    }
    var properties = new JsonArray();
    properties.add(property("build", value(jdk, "IMPLEMENTOR_VERSION")));
    for (var module : Objects.requireNonNullElse(value(linked, "MODULES"), "").split(" ", -1)) {
      if (!module.equals("dev.kleos.iam")) {
        properties.add(property("module", module));
      }
    }
    runtime.add("properties", properties);
    return runtime;
  }

  private static JsonObject property(String name, @Nullable String value) {
    var property = new JsonObject();
    property.addProperty("name", "kleos-iam:runtime:" + name);
    property.addProperty("value", value);
    return property;
  }

  private static Properties release(Path home) throws IOException {
    var release = new Properties();
    try (var in = Files.newBufferedReader(home.resolve("release"))) {
      release.load(in);
    }
    return release;
  }

  private static @Nullable String value(Properties release, String key) {
    var value = release.getProperty(key);
    return value == null ? null : value.replace("\"", "");
  }

  private JsonArray components() {
    return document.getAsJsonArray("components");
  }

  private JsonArray dependencies() {
    return document.getAsJsonArray("dependencies");
  }

  private static List<String> needs(JsonElement node) {
    var array = node.getAsJsonObject().getAsJsonArray("dependsOn");
    return array == null
        ? List.of()
        : array.asList().stream().map(JsonElement::getAsString).toList();
  }

  private static String text(JsonElement element, String key) {
    return element.getAsJsonObject().get(key).getAsString();
  }

  private static JsonArray array(JsonObject only) {
    var array = new JsonArray();
    array.add(only);
    return array;
  }
}
