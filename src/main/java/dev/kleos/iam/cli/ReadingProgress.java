package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.report.Screen;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A line on a terminal that counts, once the work takes long enough for a person to wonder: how
/// much is done and how fast, or until when Google's quota has it wait.
final class ReadingProgress implements Progress, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /// Often enough to look alive, seldom enough to cost nothing.
  private static final Duration TICK = Duration.ofMillis(100);

  private final ReentrantLock lock = new ReentrantLock();
  private final Screen screen;
  private final boolean watched;
  private final Supplier<Optional<Instant>> opening;
  private @Nullable Thread ticker;
  private String participle = "read";
  private String shown = "";
  private long begin;
  private int done;
  private int total;
  private boolean over;

  /// Shows nothing where nobody watches.
  ///
  /// @param opening asked until when the work waits for a quota; empty where it does not
  ReadingProgress(Screen screen, boolean watched, Supplier<Optional<Instant>> opening) {
    this.screen = screen;
    this.watched = watched;
    this.opening = opening;
  }

  @Override
  public void at(int done, int total) {
    lock.lock();
    try {
      if (done == 0 || begin == 0) {
        begin = System.nanoTime();
      }
      this.done = done == 0 ? 0 : Math.max(done, this.done);
      this.total = total;
      if (watched && ticker == null && !over) {
        ticker = Thread.startVirtualThread(this::tick);
      }
    } finally {
      lock.unlock();
    }
  }

  /// What is counted from now on is no longer read, but changed.
  void writing() {
    lock.lock();
    try {
      participle = "changed";
    } finally {
      lock.unlock();
    }
  }

  /// Takes the line away for good, and answers how far it was, e.g. `3 of 7`.
  String end() {
    lock.lock();
    try {
      clear();
      over = true;
      return count();
    } finally {
      lock.unlock();
    }
  }

  /// Says something in between.
  void interject(String text) {
    lock.lock();
    try {
      clear();
      screen.line(text);
    } finally {
      lock.unlock();
    }
  }

  /// Takes the line away again; more work may follow.
  @Override
  public void close() {
    lock.lock();
    try {
      clear();
      if (ticker != null) {
        ticker.interrupt();
        ticker = null;
      }
      begin = 0;
      done = 0;
      total = 0;
    } finally {
      lock.unlock();
    }
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(TICK);
        show();
      }
    } catch (InterruptedException e) {
      // The line is taken away.
    }
  }

  private void show() {
    lock.lock();
    try {
      var elapsed = Duration.ofNanos(System.nanoTime() - begin);
      if (ticker != Thread.currentThread() || over || elapsed.compareTo(PATIENCE) < 0) {
        return;
      }
      var text = count() + " " + participle + going(elapsed) + " …";
      if (!text.equals(shown)) {
        screen.status(text);
        shown = text;
      }
    } finally {
      lock.unlock();
    }
  }

  private void clear() {
    if (!shown.isEmpty()) {
      screen.status("");
      shown = "";
    }
  }

  private String count() {
    return number(done) + " of " + number(total);
  }

  /// A wait of less than a second is no wait to somebody who watches.
  private String going(Duration elapsed) {
    var wait =
        opening.get().map(until -> Duration.between(Instant.now(), until)).orElse(Duration.ZERO);
    if (wait.toSeconds() > 0) {
      return ", waiting " + Math.ceilDiv(wait.toMillis(), 1000) + " s for Google's quota";
    }
    var rate = done * 1000L / Math.max(1, elapsed.toMillis());
    return rate > 0 ? ", " + number(rate) + "/s" : "";
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
