package dev.kleos.iam.emulator;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// What somebody wrote for the emulator itself, and what cannot be read. The message says where,
/// what is wrong and what to do; nothing of it was done.
public final class UnreadableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  UnreadableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
