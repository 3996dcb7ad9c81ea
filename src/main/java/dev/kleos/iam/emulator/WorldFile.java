package dev.kleos.iam.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The content of a file that holds a world.
final class WorldFile {
  private static final long MAX_BYTES = 256L << 20;

  private WorldFile() {}

  /// Empty where there is no file.
  ///
  /// @throws StateFileException when it is no regular file, too large, or cannot be read
  static Optional<byte[]> read(Path file) {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        throw new StateFileException(
            file
                + ": is no state file of the emulator: no regular file, or too large; use another");
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new StateFileException(file + ": cannot read the state file: " + Reason.of(e), e);
    }
  }

  /// The failure where a file must be there.
  static StateFileException missing(Path file) {
    return new StateFileException(file + ": there is no such file; name one that is there", null);
  }
}
