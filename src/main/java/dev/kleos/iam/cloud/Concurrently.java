package dev.kleos.iam.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/// Runs work at once on virtual threads, at most so much in flight as [Pace] has calls at once.
public final class Concurrently {
  private static final int IN_FLIGHT = Pace.MOST_AT_ONCE;

  private Concurrently() {}

  /// The results, in the order of the tasks; the first failure, in that order, is thrown as it is.
  public static <T> List<T> all(List<? extends Callable<T>> tasks) throws InterruptedException {
    var permits = new Semaphore(IN_FLIGHT);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<T>>(tasks.size());
      for (var task : tasks) {
        futures.add(threads.submit(() -> permitted(permits, task)));
      }
      var results = new ArrayList<T>(tasks.size());
      try {
        for (var future : futures) {
          results.add(future.get());
        }
      } catch (ExecutionException e) {
        threads.shutdownNow();
        if (e.getCause() instanceof InterruptedException interrupted) {
          throw interrupted;
        }
        throw unchecked(e);
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
      return results;
    }
  }

  /// The same, but that every task runs to its end even where this thread is interrupted, and its
  /// mark is on the thread afterwards.
  ///
  /// @param interrupted told of it at once
  public static <T> List<T> allDespite(Runnable interrupted, List<? extends Callable<T>> tasks) {
    var whole = new FutureTask<List<T>>(() -> all(tasks));
    Thread.startVirtualThread(whole);
    var isInterrupted = false;
    try {
      while (true) {
        try {
          return whole.get();
        } catch (InterruptedException e) {
          isInterrupted = true;
          interrupted.run();
        } catch (ExecutionException e) {
          throw unchecked(e);
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> T permitted(Semaphore permits, Callable<T> task) throws Exception {
    permits.acquire();
    try {
      return task.call();
    } finally {
      permits.release();
    }
  }

  private static RuntimeException unchecked(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException unchecked -> unchecked;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(e.getCause());
    };
  }
}
