package dev.kleos.iam.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.emulator.World;
import dev.kleos.iam.google.GoogleOnLoopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Makes the start-up caches of a distribution: runs each `src/main/launcher/….training` on its
/// runtime, with Google on loopback: TLS, a proxy, a login, as in production, and an emulator in
/// another process. Part of the build (`src/main/launcher/distribute`), not a test.
final class Trainer {
  private static final Path LAUNCHER = Path.of("src/main/launcher");
  private static final List<String> CACHES = List.of("offline", "online");

  /// A cache without what the compiler learnt: where it is at hand, the JVM compiles all of it at
  /// every start, which takes a fifth of a command's processor time.
  private static final List<String> UNLEARNT =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining", "-XX:-AOTReplayTraining");

  /// What of the builder's own environment the training may see.
  private static final Set<String> KEPT = Set.of("PATH", "LC_ALL", "TMPDIR");

  private Trainer() {}

  /// Leaves the caches beside the runtime.
  ///
  /// @param args the folder `lib` of the distribution
  public static void main(String[] args) throws Exception {
    var lib = Path.of(args[0]).toAbsolutePath();
    for (var cache : CACHES) {
      var folder = Files.createTempDirectory("kleos-iam-training");
      try {
        Files.createDirectory(folder.resolve("plans"));
        Files.copy(Path.of("plans/kleos.yaml"), folder.resolve("plans/kleos.yaml"));
        Files.writeString(folder.resolve("broken.yaml"), "version: 1\nprojct: kleos-demo\n");
        train(lib, cache, folder);
      } finally {
        delete(folder);
      }
    }
  }

  private static void train(Path lib, String name, Path folder) throws Exception {
    var cache = lib.resolve(name + ".aot");
    try (var google = GoogleOnLoopback.start(World.demo(), folder)) {
      google.own("admin@example.com");
      google.logIn("admin@example.com");
      var lines = Files.readString(LAUNCHER.resolve(name + ".training"));
      var here =
          Files.writeString(
              folder.resolve("training"), lines.replace("$EMULATOR", google.server().host()));
      var command =
          new ArrayList<>(
              List.of(
                  lib.resolve("runtime/bin/java").toString(), "@" + lib.resolve("java.options")));
      command.addAll(UNLEARNT);
      command.add("-XX:AOTCacheOutput=" + cache);
      command.addAll(List.of("-m", "dev.kleos.iam/dev.kleos.iam.Training", here.toString()));
      var builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().keySet().retainAll(KEPT);
      builder.environment().putAll(google.env());
      var process = builder.start();
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0 || !Files.exists(cache)) {
        throw new IOException("the training failed:\n" + said);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
