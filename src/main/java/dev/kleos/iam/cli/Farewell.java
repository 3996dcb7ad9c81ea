package dev.kleos.iam.cli;

import dev.kleos.iam.report.Screen;
import java.util.function.Supplier;

/// The last words of a program that is interrupted while this is open.
final class Farewell implements AutoCloseable {
  private final Thread hook;

  /// Opens it.
  ///
  /// @param words what to say, asked for when it is said
  Farewell(Screen screen, Supplier<String> words) {
    hook =
        new Thread(
            () -> {
              screen.blank();
              screen.line(words.get());
            },
            "farewell");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The words are being said.
    }
  }
}
