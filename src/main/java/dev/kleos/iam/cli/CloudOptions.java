package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.report.Screen;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What a command talks to.
final class CloudOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--emulator",
      description = "Use an emulator inside this process instead of Google.")
  private boolean emulator;

  @Option(
      names = "--emulator-state",
      paramLabel = "FILE",
      description = "Keep the emulator's state in this file between runs.")
  private @Nullable Path state;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = DurationConverter.class,
      description =
          "How long apply may wait for rivals and for new accounts: 90s, 5m (default), 1h.")
  private Duration timeout = Duration.ofMinutes(5);

  Duration timeout() {
    return timeout;
  }

  /// Where the plan will be carried out, in a word.
  String place() {
    return emulator ? "the emulator" : "Google Cloud";
  }

  /// Connects.
  ///
  /// @param err told what an emulator had to be furnished with
  /// @throws dev.kleos.iam.cloud.CloudException where there are no usable credentials
  Cloud open(DesiredState desired, Surroundings surroundings, Screen err) {
    if (state != null && !emulator && command != null) {
      throw new ParameterException(
          command.commandLine(), "--emulator-state goes with --emulator; add it");
    }
    if (!emulator) {
      return surroundings.clouds().google();
    }
    var file = state == null ? null : surroundings.directory().resolve(state);
    return surroundings.clouds().emulator(file, desired, note -> err.line("note: " + note));
  }
}
