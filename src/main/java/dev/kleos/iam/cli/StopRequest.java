package dev.kleos.iam.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ctrl-C and SIGTERM, the first of which is a wish while this is open: the program goes on, and
/// ends well. The next one ends it at once, as the JVM by itself does, with 130 or 143.
final class StopRequest implements AutoCloseable {
  private final Runnable wish;
  private @Nullable Signals signals;

  /// @param wish run on the thread of the signal
  StopRequest(Runnable wish) {
    this.wish = wish;
    take();
  }

  /// Gives the signals back to whoever had them.
  @Override
  public void close() {
    giveBack();
  }

  /// A signal that comes meanwhile is handled afterwards, so that none is lost.
  private synchronized void take() {
    signals =
        new Signals(
            List.of("INT", "TERM"),
            _ -> {
              if (giveBack()) {
                wish.run();
              }
            });
  }

  /// Whether that was still to be done.
  private synchronized boolean giveBack() {
    if (signals == null) {
      return false;
    }
    signals.close();
    signals = null;
    return true;
  }
}
