package dev.kleos.iam.emulator.server;

/// The emulator could not listen. The message says on which port, why, and what to do.
public final class PortException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PortException(String message, Throwable cause) {
    super(message, cause);
  }
}
