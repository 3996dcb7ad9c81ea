package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A run in a process of its own, at a terminal, that somebody stops with Ctrl-C; killed at the
/// latest when this is closed.
///
/// @param out where standard output goes
record InterruptedRun(Process process, Path out) implements AutoCloseable {
  /// What standard error says after a question at which it is stopped, and the exit code.
  static String at(String question, Path folder, String... args)
      throws IOException, InterruptedException {
    try (var run = start(folder, Map.of(), args)) {
      run.awaitComplaint(question);
      run.signal("INT");
      return run.end();
    }
  }

  /// Starts one.
  static InterruptedRun start(Path folder, Map<String, String> env, String... args)
      throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dkleos.iam.terminals=in,out,err",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.kleos.iam.Main"));
    command.addAll(List.of(args));
    var out = Files.createTempFile("run", ".out");
    var builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile());
    builder.environment().keySet().removeAll(Set.of("GCLOUD_PROJECT", "GOOGLE_CLOUD_PROJECT"));
    builder.environment().put("NO_COLOR", "1");
    builder.environment().putAll(env);
    return new InterruptedRun(builder.start(), out);
  }

  /// Waits until standard error says this.
  void awaitComplaint(String text) throws IOException {
    // A read that waits takes no notice of a test's timeout, but ends with the process.
    var silence =
        CompletableFuture.runAsync(
            process::destroyForcibly, CompletableFuture.delayedExecutor(30, SECONDS));
    var err = process.getErrorStream();
    var said = new StringBuilder();
    while (said.indexOf(text) < 0) {
      var next = err.read();
      assertThat(next).as(said.toString()).isNotNegative();
      said.append((char) next);
    }
    silence.cancel(false);
  }

  /// Sends a signal.
  ///
  /// @param name such as `INT`
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /// The rest of standard error, and the exit code, which must not be long in coming.
  String end() throws IOException, InterruptedException {
    assertThat(process.waitFor(10, SECONDS)).as("it has ended").isTrue();
    return new String(process.getErrorStream().readAllBytes(), UTF_8)
        + "exit "
        + process.exitValue();
  }

  /// All of standard output.
  String printed() throws IOException {
    return Files.readString(out);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.delete(out);
  }
}
