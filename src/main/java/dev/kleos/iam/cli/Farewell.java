package dev.kleos.iam.cli;

import dev.kleos.iam.report.Screen;
import java.util.function.Supplier;

/// The last words of a program that is interrupted while this is open.
final class Farewell implements AutoCloseable {
  private final Ending ending;

  /// Opens it.
  ///
  /// @param words what to say, asked for when it is said
  Farewell(Screen screen, Supplier<String> words) {
    ending =
        new Ending(() -> {
          screen.blank();
          screen.line(words.get());
        });
  }

  @Override
  public void close() {
    ending.close();
  }
}
