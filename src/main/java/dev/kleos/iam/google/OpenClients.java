package dev.kleos.iam.google;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentLinkedDeque;

/// The clients that were made so far, each when it was first used, because each costs start-up
/// time.
final class OpenClients implements AutoCloseable {
  private final ConcurrentLinkedDeque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

  /// One that is made when it is asked for, once.
  <T extends AutoCloseable> Supplier<T> once(Maker<T> maker) {
    return Suppliers.memoize(() -> {
      try {
        var client = maker.make();
        open.add(client);
        return client;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  /// Closes every channel: an open one holds the JVM's exit up.
  @Override
  public void close() {
    for (var client : open) {
      try {
        client.close();
      } catch (Exception e) {
        throw new IllegalStateException("closing a connection to Google", e);
      }
    }
  }

  /// Makes a client.
  @FunctionalInterface
  interface Maker<T> {
    T make() throws IOException;
  }
}
