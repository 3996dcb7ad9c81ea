package dev.kleos.iam.cli;

import dev.kleos.iam.applier.Stop;
import org.jspecify.annotations.Nullable;

/// What Ctrl-C and SIGTERM do to a command that writes, while this is open. Before the first write
/// they end it at once. From then on the first of them lets the writes in flight finish and starts
/// no other, so that it can be said what was done; the second ends it at once all the same.
final class Interruption implements AutoCloseable {
  private final Stop stop = new Stop();
  private final Session session;
  private final ReadingProgress progress;
  private final Farewell farewell;
  private volatile @Nullable StopRequest request;
  private volatile String whileWaiting = "";
  private String lastLine = "";

  Interruption(Session session, ReadingProgress progress) {
    this.session = session;
    this.progress = progress;
    this.farewell = new Farewell(session.err(), this::lastWords);
  }

  /// For whoever writes.
  Stop stop() {
    return stop;
  }

  /// Writing begins.
  void writing() {
    progress.writing();
    request = new StopRequest(this::stopWriting);
  }

  /// Nothing is written any more, and there is something to wait for: Ctrl-C ends that at once.
  ///
  /// @param words what is said then
  void waiting(String words) {
    whileWaiting = words;
    if (request != null) {
      request.close();
    }
  }

  /// The exit code, whatever came of the writes in flight.
  ///
  /// @param outcome what the exit code would be without an interruption
  int exitCode(int outcome) {
    if (!stop.isRequested()) {
      return outcome;
    }
    lastLine =
        outcome == ExitCode.DONE
            ? "Interrupted; by then all of it was done."
            : "Interrupted: the same command again goes on from there.";
    return ExitCode.INTERRUPTED;
  }

  /// Says the last line of a command that was interrupted.
  @Override
  public void close() {
    if (request != null) {
      request.close();
    }
    farewell.close();
    if (!lastLine.isEmpty() && !session.isJson()) {
      session.out().line(lastLine);
    }
  }

  private void stopWriting() {
    stop.request();
    progress.interject("Interrupted: finishing the writes in flight; Ctrl-C again to end at once.");
  }

  private String lastWords() {
    if (!whileWaiting.isEmpty()) {
      return whileWaiting;
    }
    return request == null
        ? "Interrupted: nothing was changed."
        : "Interrupted: "
            + progress.end()
            + " changes are done. What became of those in flight is not known: kleos-iam plan shows"
            + " it.";
  }
}
