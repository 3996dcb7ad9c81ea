package dev.kleos.iam.emulator;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A state file that cannot be read, kept or shared. The message says which file, what is wrong and
/// what to do.
public final class StateFileException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  StateFileException(String message) {
    super(message);
  }

  StateFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
