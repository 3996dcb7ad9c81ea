package dev.kleos.iam.checkup;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Asks for what will be needed before it is, so that the calls of a walk are under way at once.
final class Ahead implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// Begins.
  <T> Awaited<T> begin(Callable<T> task) {
    return new Awaited<>(threads.submit(task));
  }

  /// Gives up on whatever is under way.
  void abandon() {
    threads.shutdownNow();
  }

  /// Waits for whatever was begun, so that it counts.
  @Override
  public void close() {
    threads.close();
  }

  /// What is under way, or done.
  record Awaited<T>(Future<T> future) {
    /// The result; a failure is thrown as it is.
    T get() throws InterruptedException {
      try {
        return future.get();
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case RuntimeException unchecked -> throw unchecked;
          case Error error -> throw error;
          case InterruptedException interrupted -> throw interrupted;
          case null, default -> throw new IllegalStateException(e.getCause());
        }
      }
    }
  }
}
