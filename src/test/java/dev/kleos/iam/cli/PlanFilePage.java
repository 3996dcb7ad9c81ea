package dev.kleos.iam.cli;

import static dev.kleos.iam.cli.Roff.bold;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The manual page of plan files: the README's example, and what their schema says of each key.
final class PlanFilePage {
  static final String NAME = "kleos-iam.yaml";
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)## The plan file\\s+```yaml\\n(.*?)```");

  private final JsonObject schema;

  private PlanFilePage(JsonObject schema) {
    this.schema = schema;
  }

  static String text() throws IOException {
    var schema = Files.readString(Path.of("src/main/resources/kleos-iam.schema.json"), UTF_8);
    var example = EXAMPLE.matcher(Files.readString(Path.of("README.md"), UTF_8));
    if (!example.find()) {
      throw new IllegalStateException("the README has no example of a plan file");
    }
    return new PlanFilePage(JsonParser.parseString(schema).getAsJsonObject())
        .page(example.group(1));
  }

  private String page(String example) {
    var page = Roff.page(NAME, 5).name(NAME, "plan file of kleos-iam");
    page.heading("DESCRIPTION")
        .paragraph(text(schema))
        .paragraph(
            "A plan is data only: YAML 1.2 without templates, anchors, tags or includes. It may be"
                + " several files; files of one project join, and files of several projects take"
                + " --all-projects. Where none is named, they are those in the folder plans/ and"
                + " below, else kleos-iam.yaml.")
        .paragraph(
            "A change to these files changes nothing by itself: kleos-iam plan shows what it comes"
                + " to, and kleos-iam apply does it.");
    page.heading("KEYS");
    keys(page, schema);
    page.subheading("An account, under serviceAccounts");
    keys(page, definition("account"));
    page.subheading("A service, under services");
    keys(page, definition("service"));
    page.subheading("The project's policy, under projectPolicy");
    keys(page, schema.getAsJsonObject("properties").getAsJsonObject("projectPolicy"));
    page.subheading("An entry, under users, invokers and members");
    page.paragraph(text(definition("entry")));
    keys(page, definition("entryMapping"));
    page.subheading("A binding, under bindings");
    keys(page, definition("binding"));
    page.subheading("A condition, under condition");
    keys(page, definition("condition"));
    page.heading("EXAMPLES").literal(example.lines().toList());
    page.heading("SEE ALSO")
        .line(
            bold("kleos-iam")
                + "(1), "
                + bold("kleos-iam-validate")
                + "(1), "
                + bold("kleos-iam-schema")
                + "(1)");
    return page.toString();
  }

  private void keys(Roff page, JsonObject object) {
    object
        .getAsJsonObject("properties")
        .asMap()
        .forEach((key, value) -> page.item(bold(key), text(value.getAsJsonObject())));
  }

  private JsonObject definition(String name) {
    return schema.getAsJsonObject("definitions").getAsJsonObject(name);
  }

  /// Its own description, or that of what it refers to.
  private String text(JsonObject node) {
    return node.has("description")
        ? node.get("description").getAsString()
        : definition(node.get("$ref").getAsString().replaceFirst(".*/", ""))
            .get("description")
            .getAsString();
  }
}
