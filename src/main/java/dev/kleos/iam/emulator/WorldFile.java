package dev.kleos.iam.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// The content of a file that holds a world.
final class WorldFile {
  private static final long MAX_BYTES = 256L << 20;

  private WorldFile() {}

  /// Empty where there is no file.
  ///
  /// @throws StateFileException when it is no regular file, too large, or cannot be read
  static Optional<byte[]> read(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile() || attributes.size() > MAX_BYTES) {
        throw new StateFileException(
            file
                + ": is no state file of the emulator: no regular file, or too large; use another");
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StateFileException(
          file + ": cannot read the file: " + Reason.of(e) + "; make it readable, or use another",
          e);
    }
  }

  /// The failure where a file must be there.
  static StateFileException missing(Path file) {
    return new StateFileException(file + ": there is no such file; name one that is there", null);
  }
}
