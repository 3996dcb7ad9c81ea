package dev.kleos.iam.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kleos.iam.script.Copyright.Paragraph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The distribution says of everything inside whose it is, and under which licence.
class CopyrightTest {
  private static final Path FOLDER = Installed.BUILT.resolve("share/doc/kleos-iam");
  private static final String HOW =
      "%s: src/main/package/copyright has to say it. Add the library to the paragraph of its"
          + " licence and holders, or a paragraph: whose it is stands in its sources and its POM";

  /// What POMs say instead of a name of SPDX's.
  private static final Map<String, String> OTHER_NAMES = Map.of("Go License", "BSD-3-Clause");

  private static Copyright copyright = Copyright.parse("");
  private static JsonArray components = new JsonArray();
  private static Libraries libraries = new Libraries(Map.of());

  @BeforeAll
  static void read() throws Exception {
    copyright = Copyright.parse(Files.readString(FOLDER.resolve("copyright")));
    var sbom = Files.readString(FOLDER.resolve("kleos-iam.cdx.json"));
    components = JsonParser.parseString(sbom).getAsJsonObject().getAsJsonArray("components");
    var maven = new JsonArray();
    components.asList().stream()
        .filter(each -> each.getAsJsonObject().has("group"))
        .forEach(maven::add);
    libraries = Libraries.of(maven);
  }

  @Test
  void everyLibraryInside_isNamed_underTheLicenceThatItsPomSays() {
    var said = new TreeMap<String, TreeSet<String>>();
    for (var paragraph : copyright.paragraphs()) {
      for (var library : paragraph.libraries()) {
        said.computeIfAbsent(library, name -> new TreeSet<>()).add(paragraph.identifier());
      }
    }
    for (var component : components) {
      var object = component.getAsJsonObject();
      if (object.has("group")) {
        var name = Libraries.name(object);
        assertThat(said.getOrDefault(name, new TreeSet<>()))
            .as(HOW, name + " is under " + licence(object))
            .containsExactly(licence(object));
      }
    }
  }

  @Test
  void nothingElse_isNamed() {
    assertThat(copyright.paragraphs())
        .flatMap(Paragraph::libraries)
        .as("src/main/package/copyright names what is not inside")
        .allSatisfy(library -> assertThat(libraries.names()).contains(library));
  }

  /// Also of what a library has taken over from another.
  @Test
  void everyClassInside_isInAParagraphOfItsLibrary() throws Exception {
    for (var library : libraries.names()) {
      for (var file : libraries.contents(library)) {
        assertThat(copyright.of(file).libraries())
            .as(HOW, file + " of " + library)
            .contains(library);
      }
    }
  }

  @Test
  void theNoticeOfALibrary_isPassedOn() throws Exception {
    var noticed = new TreeSet<String>();
    for (var library : libraries.names()) {
      var lines = libraries.notice(library);
      assertThat(copyright.lines()).as(HOW, "the NOTICE of " + library).containsAll(lines);
      if (!lines.isEmpty()) {
        noticed.add(library);
      }
    }

    assertThat(noticed).contains("commons-codec:commons-codec");
  }

  @Test
  void everyLicence_isThere_andNoOther() {
    var used = new TreeSet<String>();
    copyright.paragraphs().forEach(paragraph -> used.add(paragraph.licence()));

    assertThat(copyright.licences().keySet()).isEqualTo(used);
    assertThat(copyright.licences().values()).allMatch(text -> text.length() > 300);
    assertThat(FOLDER.resolve("LICENSE")).hasSameTextualContentAs(Path.of("LICENSE"));
  }

  @Test
  void theRuntime_hasTheNoticesOfItsJdk_forEveryModule() throws Exception {
    var modules = new TreeSet<String>();
    for (var component : components) {
      var properties = component.getAsJsonObject().getAsJsonArray("properties");
      for (var property : properties == null ? new JsonArray() : properties) {
        if (property.getAsJsonObject().get("name").getAsString().endsWith(":module")) {
          modules.add(property.getAsJsonObject().get("value").getAsString());
        }
      }
    }

    assertThat(modules).contains("java.base", "java.net.http");
    var legal = Installed.BUILT.resolve("lib/runtime/legal");
    for (var module : modules) {
      assertThat(legal.resolve(module).resolve("LICENSE")).isNotEmptyFile();
      try (var notices = Files.list(Path.of(System.getProperty("java.home"), "legal", module))) {
        assertThat(notices)
            .allSatisfy(
                notice -> assertThat(legal.resolve(module).resolve(notice.getFileName())).exists());
      }
    }
  }

  @Test
  void theBillOfMaterials_isTheSameOfEveryBuild() throws Exception {
    assertThat(FOLDER.resolve("kleos-iam.cdx.json"))
        .content()
        .contains("\"specVersion\": \"1.6\"")
        .doesNotContain("serialNumber", "timestamp", System.getProperty("user.dir"));
  }

  private static String licence(JsonObject component) {
    if (!component.has("licenses")) {
      return "a licence that its POM does not say";
    }
    var choice = component.getAsJsonArray("licenses").get(0).getAsJsonObject();
    if (choice.has("expression")) {
      return choice.get("expression").getAsString();
    }
    var licence = choice.getAsJsonObject("license");
    var name = (licence.has("id") ? licence.get("id") : licence.get("name")).getAsString();
    return OTHER_NAMES.getOrDefault(name, name);
  }
}
