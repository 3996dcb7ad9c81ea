package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What a command prints, for a test that waits for a part of it.
public final class Printed extends ByteArrayOutputStream {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public synchronized void write(int b) {
    super.write(b);
    notifyAll();
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) {
    super.write(bytes, from, length);
    notifyAll();
  }

  /// All of it so far.
  public String text() {
    return toString(UTF_8);
  }

  /// The first place of a pattern, once it is printed.
  public synchronized MatchResult await(Pattern pattern) throws InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    var found = pattern.matcher(text());
    while (!found.find()) {
      var left = Duration.ofNanos(deadline - System.nanoTime());
      if (!left.isPositive()) {
        throw new AssertionError("no " + pattern + " in: " + text());
      }
      wait(left.toMillis() + 1);
      found = pattern.matcher(text());
    }
    return found.toMatchResult();
  }
}
