package dev.kleos.iam.cli;

import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.StateFile;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.report.Screen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What an emulator starts with, and where it keeps that.
final class WorldOptions {
  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "Keep the world in this file between runs.")
  private @Nullable Path state;

  @Option(
      names = "--world",
      paramLabel = "FILE",
      description = {"Start with the world in this file.", "Unless there is a state already."})
  private @Nullable Path world;

  @Option(
      names = "--propagation-delay",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = {
        "Let grants and removals take effect later, as in 2m.",
        "At once if left out. What is pending when it stops is in force after a restart."
      })
  private Duration propagationDelay = Duration.ZERO;

  /// An emulator on that world.
  ///
  /// @param err told where there is a state already, which wins over the world
  /// @throws dev.kleos.iam.emulator.StateFileException where one cannot be used
  Emulator open(Surroundings surroundings, Screen err) {
    var emulator = start(surroundings, err);
    emulator.delayPropagation(propagationDelay);
    return emulator;
  }

  /// What becomes of the world when the emulator stops.
  String fate() {
    return state == null
        ? "Its world is forgotten when it stops; --state FILE keeps it."
        : "Its world is kept in " + state + ".";
  }

  private Emulator start(Surroundings surroundings, Screen err) {
    if (state == null) {
      return Emulator.start(initial(surroundings));
    }
    var file = surroundings.directory().resolve(state);
    if (world != null && Files.exists(file)) {
      err.line(
          "note: " + state + " holds a state already, which goes on; " + world + " is not used");
    }
    return Emulator.start(StateFile.open(file, () -> initial(surroundings)));
  }

  private World initial(Surroundings surroundings) {
    return world == null ? World.demo() : World.read(surroundings.directory().resolve(world));
  }
}
