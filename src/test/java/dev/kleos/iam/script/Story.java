package dev.kleos.iam.script;

import dev.kleos.iam.script.Documents.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Sections of the README that are read at one real project, in the order in which they stand
/// there.
///
/// @param world of the emulator that plays Google
record Story(String name, String world, List<Scene> scenes) {
  private static final String ADMIN = "admin@example.com";
  private static final String CAROL = "carol@example.com";

  private static final String PLACES =
      """
      {"kleosIamEmulator": 1,
       "projects": {
         "kleos-demo": {"number": "123456789012"},
         "project-of-carol": {"number": "210987654321"}},
       "policies": {"projects/project-of-carol": {
         "bindings": [{"role": "roles/owner", "members": ["user:carol@example.com"]}]}},
       "services": ["projects/kleos-demo/locations/us-central1/services/kleos-service"]\
      """;

  static final List<Story> ALL =
      List.of(
          new Story(
              "the readers",
              PLACES + "}",
              List.of(
                  new Scene(
                      "For an admin: look",
                      ADMIN,
                      List.of(
                          "roles/iam.serviceAccountViewer",
                          "roles/iam.securityReviewer",
                          "roles/serviceusage.serviceUsageConsumer")),
                  new Scene(
                      "For an admin: change",
                      ADMIN,
                      List.of("roles/iam.serviceAccountAdmin", "roles/run.admin")),
                  new Scene("For a user", CAROL, List.of()),
                  new Scene("Other programs as the account", CAROL, List.of()),
                  new Scene("For a reviewer", ADMIN, List.of()),
                  new Scene("The narrowest roles", ADMIN, List.of()))),
          new Story(
              "first contact",
              PLACES
                  + """
                  ,
                   "identities": {"team@example.com": "group"},
                   "aliases": {"ally@example.com": "bob@example.com"}}
                  """,
              List.of(
                  new Scene("Only reading", ADMIN, List.of("roles/owner")),
                  new Scene("The first write", ADMIN, List.of()))));

  /// A section.
  ///
  /// @param person who works there
  /// @param roles what they get in the project before, besides what they have
  private record Scene(String section, String person, List<String> roles) {
    String quotaProject() {
      return person.equals(CAROL) ? "project-of-carol" : "kleos-demo";
    }
  }

  static Optional<Story> of(Block block) {
    return ALL.stream().filter(story -> story.scene(block).isPresent()).findFirst();
  }

  /// The file of its world.
  Path world(Path folder) throws IOException {
    return Files.writeString(folder.resolve("world.json"), world);
  }

  /// The block as it should be.
  Block run(Block block, ShellAtGoogle shell) {
    var scene = scene(block).orElseThrow();
    var documented = new DocumentedCommands(block);
    try {
      if (block.language().equals("diff")) {
        shell.edit(scene.person(), block.text());
        return block;
      }
      if (!scene.roles().isEmpty()) {
        shell.grant(scene.person(), scene.roles());
      }
      return documented.with(
          shell.run(scene.person(), scene.quotaProject(), documented.commands()));
    } catch (Exception e) {
      throw new AssertionError(block.toString(), e);
    }
  }

  private Optional<Scene> scene(Block block) {
    return scenes.stream().filter(scene -> scene.section().equals(block.section())).findFirst();
  }

  @Override
  public String toString() {
    return name;
  }
}
