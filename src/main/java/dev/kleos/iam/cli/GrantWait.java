package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.Timer;
import dev.kleos.iam.report.Span;
import dev.kleos.iam.report.Style;
import dev.kleos.iam.workflow.AccessChange;
import dev.kleos.iam.workflow.GrantRequest;
import dev.kleos.iam.workflow.GrantWatch;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The wait of `grant --wait`: nothing is said to work before it was seen.
final class GrantWait implements AutoCloseable {
  private final Session session;
  private final Duration time;
  private final @Nullable GrantWatch watch;

  private GrantWait(Session session, Duration time, @Nullable GrantWatch watch) {
    this.session = session;
    this.time = time;
    this.watch = watch;
  }

  /// Prepares it, where it is asked for. A dry run grants nothing that could be seen, so it makes
  /// no token of anybody; what is refused without one, it refuses too.
  ///
  /// @throws dev.kleos.iam.planfile.PlanUsageException where nothing can be seen from here
  static GrantWait of(
      Session session, WaitOptions options, GrantRequest request, boolean isDryRun) {
    var time = options.time();
    var now = session.surroundings().clock().instant();
    if (time.isPresent() && isDryRun) {
      GrantWatch.check(request, session.files(), now, session.cloud());
    }
    return time.isEmpty() || isDryRun
        ? new GrantWait(session, Duration.ZERO, null)
        : new GrantWait(
            session,
            time.get(),
            GrantWatch.of(request, session.files(), now, session.cloud(), session.connection()));
  }

  /// Waits, where it is asked for and all was granted.
  ///
  /// @param code the exit code so far
  /// @return whether it was seen to work; empty where nobody looked
  Optional<Boolean> run(AccessChange change, int code, Interruption interruption)
      throws InterruptedException {
    if (watch == null) {
      return Optional.empty();
    }
    var isGranted = change instanceof AccessChange.Done || change instanceof AccessChange.Nothing;
    if (!isGranted || code != ExitCode.DONE) {
      return Optional.empty();
    }
    interruption.waiting("Interrupted: it is granted, and stays so; it was not seen to work yet.");
    var result = watch.await(time, Timer.SYSTEM, Session.RANDOM, this::showProgress);
    session.status("");
    if (!session.isJson()) {
      tell(watch, result);
    }
    return Optional.of(result.effective());
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }

  private void tell(GrantWatch seen, GrantWatch.Result result) {
    var out = session.out();
    if (result.effective()) {
      out.line(
          Span.bold("It works"),
          Span.of(
              ": Google says yes to "
                  + String.join(", ", seen.permissions())
                  + ", three times in a row."));
      return;
    }
    out.line(
        new Span(Style.ALARM, "Not seen to work yet: "),
        Span.of(
            result
                .failure()
                .map(failure -> failure.message())
                .orElse("it is granted, and has not spread; that can take 7 minutes or more.")));
    out.line("Next: " + session.command("grant"));
  }

  private void showProgress(Duration waited) {
    session.status("Waiting until it works: " + waited.toSeconds() + " s …");
  }
}
