package dev.kleos.iam.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// `kleos-iam emulator` in a process of its own, killed at the latest when this is closed.
record EmulatorProcess(Process process, BufferedReader out, int port) implements AutoCloseable {
  private static final String FIRST = "kleos-iam emulator listening on http://127.0.0.1:";

  /// Starts one on a free pair of ports; it listens when this returns.
  static EmulatorProcess start(Installed installed, String... options) throws IOException {
    var command = new ArrayList<>(List.of(installed.launcher(), "emulator", "--port", "0"));
    command.addAll(List.of(options));
    var process = installed.builder(Map.of(), command.toArray(String[]::new)).start();
    var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    // A read that waits takes no notice of a test's timeout, but ends with the process.
    var silence =
        CompletableFuture.runAsync(
            process::destroyForcibly, CompletableFuture.delayedExecutor(30, SECONDS));
    var first = out.readLine();
    silence.cancel(false);
    if (first == null || !first.startsWith(FIRST)) {
      process.destroyForcibly();
      throw new AssertionError("not started: " + first + complaints(process));
    }
    return new EmulatorProcess(process, out, Integer.parseInt(first.substring(FIRST.length())));
  }

  /// Sends a signal.
  ///
  /// @param name such as `INT`
  void signal(String name) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor())
        .isZero();
  }

  /// The exit code, which must not be long in coming.
  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(10, SECONDS)).as("it has stopped").isTrue();
    return process.exitValue();
  }

  /// All that it wrote to standard error.
  String complaints() throws IOException {
    return complaints(process);
  }

  private static String complaints(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
