package dev.kleos.iam.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// The launcher in the layout of `make`, made of the tests' own class path, in a folder with a
/// space.
public record Installed(Path home) {
  private static final Path LAUNCHER = Path.of("src/main/launcher");

  /// What would lead the program elsewhere than a test means.
  private static final Set<String> LEADING =
      Set.of(
          "GOOGLE_APPLICATION_CREDENTIALS", "KLEOS_IAM_EMULATOR_HOST", "KLEOS_IAM_EMULATOR_TOKEN");

  /// What a process answered.
  public record Answer(int code, String output) {}

  public static Installed in(Path root) throws IOException {
    var home = Files.createDirectories(root.resolve("a folder/kleos-iam"));
    for (var folder : List.of("bin", "lib", "libexec")) {
      Files.createDirectory(home.resolve(folder));
    }
    var launcher = home.resolve("bin/kleos-iam");
    var finder = home.resolve("libexec/find-java");
    Files.copy(LAUNCHER.resolve("kleos-iam"), launcher);
    Files.copy(LAUNCHER.resolve("find-java"), finder);
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    assertThat(finder.toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("lib/java-home"), System.getProperty("java.home") + "\n");
    try (var jar = Files.newOutputStream(home.resolve("lib/kleos-iam.jar"))) {
      new JarOutputStream(jar, classPath()).close();
    }
    return new Installed(home);
  }

  public String launcher() {
    return home.resolve("bin/kleos-iam").toString();
  }

  /// Runs a command beside the installation to its end.
  public Answer run(Map<String, String> env, String... command) throws Exception {
    var process = builder(env, command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Answer(process.waitFor(), output);
  }

  /// A command in the folder beside the installation.
  public ProcessBuilder builder(Map<String, String> env, String... command) {
    var root = home.resolve("../..").normalize();
    var builder = new ProcessBuilder(command).directory(root.toFile());
    builder.environment().keySet().removeAll(LEADING);
    builder.environment().putAll(env);
    return builder;
  }

  /// A jar of nothing but the tests' own class path.
  private static Manifest classPath() {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Splitter.on(File.pathSeparator)
                .splitToStream(System.getProperty("java.class.path"))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(joining(" ")));
    return manifest;
  }
}
