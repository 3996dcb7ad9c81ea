package dev.kleos.iam.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The distribution as `make` leaves it, reached through a folder with a space in its name.
///
/// @param root the folder in which commands run
public record Installed(Path home, Path root) {
  static final Path BUILT = Path.of("target/kleos-iam").toAbsolutePath();

  /// What would lead the program elsewhere than a test means.
  private static final Set<String> LEADING =
      Set.of(
          "GOOGLE_APPLICATION_CREDENTIALS", "KLEOS_IAM_EMULATOR_HOST", "KLEOS_IAM_EMULATOR_TOKEN");

  /// What a process answered.
  public record Answer(int code, String output) {}

  public static Installed in(Path root) throws IOException {
    assertThat(BUILT.resolve("bin/kleos-iam"))
        .as("the distribution; make it first: make target/kleos-iam/bin/kleos-iam")
        .isExecutable();
    return new Installed(link(), root);
  }

  public String launcher() {
    return home.resolve("bin/kleos-iam").toString();
  }

  /// Runs a command to its end.
  public Answer run(Map<String, String> env, String... command) throws Exception {
    var process = builder(env, command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Answer(process.waitFor(), output);
  }

  public ProcessBuilder builder(Map<String, String> env, String... command) {
    var builder = new ProcessBuilder(command).directory(root.toFile());
    builder.environment().keySet().removeAll(LEADING);
    builder.environment().putAll(env);
    return builder;
  }

  /// A distribution without start-up caches of the same program, for a test to change.
  static Installed variant(String name, Path root) throws IOException {
    var home = BUILT.resolveSibling("variants").resolve(name);
    for (var part : List.of("bin/kleos-iam", "lib/java.options")) {
      Files.createDirectories(home.resolve(part).getParent());
      Files.copy(BUILT.resolve(part), home.resolve(part), REPLACE_EXISTING);
    }
    var runtime = home.resolve("lib/runtime");
    if (!Files.isSymbolicLink(runtime)) {
      Files.createSymbolicLink(runtime, BUILT.resolve("lib/runtime"));
    }
    return new Installed(home, root);
  }

  private static Path link() throws IOException {
    var link = BUILT.resolveSibling("a folder/kleos-iam");
    Files.createDirectories(link.getParent());
    try {
      return Files.createSymbolicLink(link, BUILT);
    } catch (FileAlreadyExistsException e) {
      return link;
    }
  }
}
