package dev.kleos.iam.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// How fast calls are made, so that Google refuses none for coming too often: at most so many at
/// once, and at most so many in any minute, reads and writes each. The first ones go at full speed;
/// what exceeds the quota waits until there is room. For many threads.
///
/// A list counts once, however many pages it has: those that are asked for have few.
public final class Pace {
  /// How many reads Google takes from a project in a minute; of writes it takes a tenth. Source:
  /// "Quotas and limits" in Google's IAM documentation.
  public static final int READS = 6000;

  /// More than these Google lets wait, of what goes over one connection. Source: the setting
  /// `MAX_CONCURRENT_STREAMS` of its front ends.
  public static final int MOST_AT_ONCE = 100;

  private static final int READS_PER_WRITE = 10;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Window reads;
  private final Window writes;
  private final Semaphore atOnce;
  private Optional<Instant> opening = Optional.empty();
  private int waiting;

  /// @param reads how many there may be in a minute, and a tenth as many writes
  /// @param atOnce how many calls may be under way
  public Pace(int reads, int atOnce) {
    var writes = Math.max(1, reads / READS_PER_WRITE);
    this.reads = new Window(reads, MINUTE);
    this.writes = new Window(writes, MINUTE);
    // Whoever waits for room while all others are under way would not know until when.
    this.atOnce = new Semaphore(Math.min(atOnce, Math.min(reads, writes)));
  }

  /// A cloud that is called at this pace.
  public Cloud of(Cloud cloud) {
    return new WrappedCloud(cloud, new Turns(Timer.SYSTEM));
  }

  /// Until when those wait who wait for the quota; empty where nobody does.
  public synchronized Optional<Instant> opening() {
    return opening;
  }

  private synchronized Optional<Instant> begin(Window window, Timer timer) {
    return window.begin(timer.now());
  }

  private synchronized void end(Window window, Timer timer) {
    window.end(timer.now());
  }

  private synchronized void waits(Instant until) {
    waiting++;
    opening = Optional.of(until);
  }

  private synchronized void goesOn() {
    waiting--;
    if (waiting == 0) {
      opening = Optional.empty();
    }
  }

  /// Lets calls wait for their turn.
  private final class Turns implements Wrapping {
    private final Timer timer;

    Turns(Timer timer) {
      this.timer = timer;
    }

    @Override
    public <T> T read(Supplier<T> call) {
      return inTurn(reads, call);
    }

    @Override
    public <T> T write(Supplier<T> call) {
      return inTurn(writes, call);
    }

    @Override
    public <T> T kindly(Supplier<T> call) {
      return inTurn(reads, call);
    }

    @Override
    public Turns by(Timer other) {
      return new Turns(other);
    }

    private <T> T inTurn(Window window, Supplier<T> call) {
      try {
        atOnce.acquire();
      } catch (InterruptedException e) {
        throw notBegun(e);
      }
      try {
        await(window);
        try {
          return call.get();
        } finally {
          end(window, timer);
        }
      } catch (InterruptedException e) {
        throw notBegun(e);
      } finally {
        atOnce.release();
      }
    }

    /// The sleep of no length is for whoever wished meanwhile that no more be started.
    private void await(Window window) throws InterruptedException {
      timer.sleep(Duration.ZERO);
      for (var next = begin(window, timer); next.isPresent(); next = begin(window, timer)) {
        waits(next.get());
        try {
          timer.sleep(Duration.between(timer.now(), next.get()));
        } finally {
          goesOn();
        }
      }
    }

    private static NotBegunException notBegun(InterruptedException e) {
      Thread.currentThread().interrupt();
      return new NotBegunException(e);
    }
  }
}
