package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A run in a process of its own, at a terminal, that somebody stops with Ctrl-C at a question.
final class InterruptedRun {
  private InterruptedRun() {}

  /// What standard error says after the question, and the exit code.
  static String at(String question, Path folder, String... args)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dkleos.iam.terminals=in,out,err",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.kleos.iam.Main"));
    command.addAll(List.of(args));
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeAll(Set.of("GCLOUD_PROJECT", "GOOGLE_CLOUD_PROJECT"));
    var process = builder.start();
    try {
      // A read that waits takes no notice of a test's timeout, but ends with the process.
      var silence =
          CompletableFuture.runAsync(
              process::destroyForcibly, CompletableFuture.delayedExecutor(30, SECONDS));
      var err = process.getErrorStream();
      var asked = new StringBuilder();
      while (asked.indexOf(question) < 0) {
        var next = err.read();
        assertThat(next).as(asked.toString()).isNotNegative();
        asked.append((char) next);
      }
      silence.cancel(false);

      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

      assertThat(process.waitFor(10, SECONDS)).isTrue();
      return new String(err.readAllBytes(), UTF_8) + "exit " + process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
