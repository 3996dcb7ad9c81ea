package dev.kleos.iam.simulation;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who was shown what, was answered what, and wrote what: kept by the simulator, from what goes
/// over the wire, and held against the rules at every step.
final class Ledger {
  /// A call that began before the deadline ends after it, and after it comes one last look, or a
  /// write without somebody who was refused.
  private static final Duration GRACE = Duration.ofSeconds(60);

  /// By Google's schedule a call is made a dozen times in the longest time that is simulated, and a
  /// conflict met a few dozen times.
  private static final int MOST_CALLS = 400;

  private final Map<String, Book> books = new HashMap<>();
  private final Scheduler scheduler;
  private final Google google;
  private final Violations violations;
  private final Tally tally;
  private final WriteRules rules;

  Ledger(Scheduler scheduler, Google google, Violations violations, Tally tally) {
    this.scheduler = scheduler;
    this.google = google;
    this.violations = violations;
    this.tally = tally;
    this.rules = new WriteRules(violations);
  }

  /// A process begins to read.
  ///
  /// @param timeout of its reading, and of its writing
  void begins(SimulatedProcess process, Duration timeout) {
    books.put(process.name(), new Book(scheduler.now(), timeout));
  }

  /// A process keeps a journal.
  void records(SimulatedProcess process, JournalRules journal) {
    book(process).journal = journal;
  }

  /// A write is not answered as it should be.
  void unanswered(SimulatedProcess process, Resource resource) {
    book(process).unanswered.add(resource);
  }

  /// Somebody has agreed to what a process has shown, and it begins to write.
  void agreed(SimulatedProcess process, ChangeSet changes) {
    var book = book(process);
    book.deadline = scheduler.now().plus(book.timeout);
    for (var change : changes.changes()) {
      switch (change) {
        case Change.ModifyPolicy modify ->
            book.approved.put(modify.resource(), Approved.of(modify));
        case Change.CreateServiceAccount _, Change.UpdateServiceAccount _ ->
            book.accounts.add(change.resource());
      }
    }
  }

  /// A process makes a call.
  void calls(SimulatedProcess process, Op op, Resource resource) {
    var book = book(process);
    var number = book.calls.merge(resource, 1, Integer::sum);
    book.lastCall.put(resource, scheduler.now());
    book.writes += op.isWrite() ? 1 : 0;
    if (number > MOST_CALLS) {
      stop(process, op + " of " + resource.name() + " for the " + number + "th time");
    } else if (scheduler.now().isAfter(book.deadline.plus(GRACE))) {
      stop(process, op + " of " + resource.name() + " long after the deadline");
    }
  }

  /// Google answers with a policy.
  void answered(SimulatedProcess process, Resource resource, Version version) {
    book(process).etags.add(new Moment(resource, version.etag()));
  }

  /// A process is about to write; the answer is what it has read.
  Version writes(SimulatedProcess process, Resource resource, AllowPolicy next) {
    if (!book(process).etags.contains(new Moment(resource, next.etag()))) {
      violations.report(
          Invariant.ETAG_OF_WHAT_WAS_READ,
          process.name() + " was never given " + next.etag() + " for " + resource.name());
      return google.history(resource).current();
    }
    var base = google.history(resource).of(next.etag()).orElseThrow();
    if (base.exemptions() != next.exemptions()) {
      violations.report(
          Invariant.AUDIT_STAYS, process.name() + " writes others to " + resource.name());
    }
    return base;
  }

  /// A write has taken effect.
  ///
  /// @param base what its process had read
  void wrote(
      SimulatedProcess process,
      Resource resource,
      Version base,
      Version replaced,
      Version written) {
    tally.count(Tally.What.WRITES);
    var book = book(process);
    var approved = book.approved.get(resource);
    if (approved == null) {
      violations.report(
          Invariant.NOTHING_UNSHOWN, process.name() + " writes to " + resource.name());
      return;
    }
    rules.check(process.name() + " at " + Wire.brief(resource), base, replaced, written, approved);
    if (book.journal != null) {
      book.journal.checkFirst(resource, base);
    }
  }

  void created(SimulatedProcess process, ServiceAccount account) {
    wroteAccount(process, account);
  }

  void updated(SimulatedProcess process, ServiceAccount account) {
    wroteAccount(process, account);
  }

  /// What is known of a process.
  Book book(SimulatedProcess process) {
    var book = books.get(process.name());
    if (book == null) {
      throw new IllegalStateException(process.name() + " never began");
    }
    return book;
  }

  private void wroteAccount(SimulatedProcess process, ServiceAccount account) {
    tally.count(Tally.What.WRITES);
    if (!book(process).accounts.contains(account.resource())) {
      violations.report(
          Invariant.NOTHING_UNSHOWN, process.name() + " writes " + account.resource().name());
    }
  }

  private void stop(SimulatedProcess process, String what) {
    violations.report(Invariant.BOUNDED, process.name() + ": " + what);
    process.die();
    process.point();
  }

  /// What is known of a process.
  static final class Book {
    private final Map<Resource, Approved> approved = new LinkedHashMap<>();
    private final Set<Resource> accounts = new HashSet<>();
    private final Set<Moment> etags = new HashSet<>();
    private final Map<Resource, Integer> calls = new HashMap<>();
    private final Map<Resource, Instant> lastCall = new HashMap<>();
    private final Instant begin;
    private final Duration timeout;
    private final Set<Resource> unanswered = new HashSet<>();
    private @Nullable JournalRules journal;
    private Instant deadline;
    private int writes;

    Book(Instant begin, Duration timeout) {
      this.begin = begin;
      this.timeout = timeout;
      this.deadline = begin.plus(timeout);
    }

    Map<Resource, Approved> approved() {
      return approved;
    }

    /// How many calls it made that can change anything.
    int writes() {
      return writes;
    }

    /// Whether a write was not answered.
    boolean hasUnanswered(Resource resource) {
      return unanswered.contains(resource);
    }

    /// What its journal is held against.
    Optional<JournalRules> journal() {
      return Optional.ofNullable(journal);
    }

    @Nullable Instant lastCall(Resource resource) {
      return lastCall.get(resource);
    }

    /// When it began to read.
    Instant begin() {
      return begin;
    }

    /// Until when it tries: to read, and once it was agreed with, to write.
    Instant deadline() {
      return deadline;
    }
  }

  private record Moment(Resource resource, String etag) {}
}
