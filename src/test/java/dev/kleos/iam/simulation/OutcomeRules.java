package dev.kleos.iam.simulation;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Whether what a run says of its changes is so, by what Google has seen of it.
final class OutcomeRules {
  /// The longest wait of Google's schedule and the longest call: whoever would have to wait longer
  /// than to the deadline gives up so much before it.
  private static final Duration EARLY = Duration.ofSeconds(33 + 10);

  /// How old an answer of Google's can be.
  private static final Duration STALE = Duration.ofSeconds(15);

  private static final Set<String> PASSING =
      Set.of("UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL", "RESOURCE_EXHAUSTED");

  private final Google google;
  private final Violations violations;
  private final SimulatedProcess process;
  private final Ledger.Book book;
  private final boolean isStopped;

  /// @param isStopped whether somebody wished that it stop
  OutcomeRules(
      Google google,
      Violations violations,
      SimulatedProcess process,
      Ledger.Book book,
      boolean isStopped) {
    this.google = google;
    this.violations = violations;
    this.process = process;
    this.book = book;
    this.isStopped = isStopped;
  }

  /// Checks what a run says in the end.
  void check(List<Change> shown, List<AppliedChange> applied) {
    if (applied.size() != shown.size()
        || !applied.stream().map(AppliedChange::change).toList().containsAll(shown)) {
      violations.report(Invariant.OUTCOMES_TRUE, process.name() + " does not tell of every change");
    }
    for (var one : applied) {
      switch (one.change()) {
        case ModifyPolicy modify -> check(modify.resource(), Approved.of(modify), one.outcome());
        case Change.CreateServiceAccount(var desired) -> checkAccount(desired.resource(), one);
        case Change.UpdateServiceAccount(_, var desired) -> checkAccount(desired.resource(), one);
      }
    }
  }

  private void check(Resource resource, Approved approved, Outcome outcome) {
    var history = google.history(resource);
    var ours = history.by(process.name());
    switch (outcome) {
      case Outcome.Applied _ ->
          require(
              ours.stream()
                  .anyMatch(version ->
                      approved.isInEffect(version.keys())
                          && version.keys().equals(Line.keys(version.sent()))),
              resource,
              outcome,
              "Google never held that");
      case Outcome.AlreadyInEffect _ ->
          require(
              history.since(book.begin().minus(STALE)).stream()
                  .anyMatch(version -> approved.isInEffect(version.keys())),
              resource,
              outcome,
              "it never was");
      case Outcome.Rewritten(var missing, var unexpected) ->
          require(
              ours.stream().anyMatch(version -> isRewritten(version, missing, unexpected)),
              resource,
              outcome,
              "Google made something else of it");
      case Outcome.Partly(var failures, var left, var rest) -> {
        var part =
            new Approved(
                approved.planned(), Line.keysOf(left.added()), Line.keysOf(left.removed()));
        for (var failure : failures) {
          require(isRefusal(failure), resource, outcome, "nobody refused that");
        }
        require(
            ours.stream().noneMatch(version -> holdsSomeOf(part, version)),
            resource,
            outcome,
            "some of what was left out is written");
        check(resource, approved.without(part), rest);
      }
      case Outcome.Failed(var failure) -> failed(resource, approved, failure, outcome);
      case Outcome.Contended _ -> {
        requirePatience(resource, outcome);
        requireNothing(resource, approved, outcome);
      }
      case Outcome.Stopped _ -> {
        require(isStopped, resource, outcome, "nobody wished that");
        requireNothing(resource, approved, outcome);
      }
      case Outcome.Skipped _ -> requireNothing(resource, approved, outcome);
    }
  }

  private void failed(Resource resource, Approved approved, Failure failure, Outcome outcome) {
    if (failure.message().contains("bug in kleos-iam")) {
      violations.report(Invariant.NO_BUG, process.name() + ": " + failure.message());
    } else if (PASSING.contains(failure.code())) {
      if (!failure.message().contains("Google asks to wait")) {
        requirePatience(resource, outcome);
      }
    } else {
      if (failure.code().equals("ABORTED") && !isLastHolder(failure)) {
        requirePatience(resource, outcome);
      }
      if (!failure.code().equals(Failure.UNKNOWN)) {
        requireNothing(resource, approved, outcome);
      }
    }
  }

  private void checkAccount(Resource.Account resource, AppliedChange one) {
    var live = google.account(resource);
    switch (one.outcome()) {
      case Outcome.Applied _, Outcome.AlreadyInEffect _ ->
          require(live.isPresent(), resource, one.outcome(), "there is none");
      case Outcome.Failed(var failure) -> {
        if (PASSING.contains(failure.code())
            && !failure.message().contains("Google asks to wait")) {
          requirePatience(resource, one.outcome());
        }
      }
      case Outcome.Stopped _ -> require(isStopped, resource, one.outcome(), "nobody wished that");
      case Outcome.Skipped _, Outcome.Partly _, Outcome.Contended _, Outcome.Rewritten _ ->
          require(false, resource, one.outcome(), "that is nothing for an account");
    }
  }

  private void requirePatience(Resource resource, Outcome outcome) {
    var last = book.lastCall(resource);
    if (!isStopped && (last == null || last.isBefore(book.deadline().minus(EARLY)))) {
      violations.report(
          Invariant.PATIENT, process.name() + " gives up at " + resource.name() + ": " + outcome);
    }
  }

  /// What is not said to be there is not there because of this run.
  private void requireNothing(Resource resource, Approved approved, Outcome outcome) {
    var history = google.history(resource);
    require(
        history.by(process.name()).isEmpty() || !approved.isInEffect(history.current().keys()),
        resource,
        outcome,
        "it is written all the same");
  }

  private void require(boolean isSo, Resource resource, Outcome outcome, String otherwise) {
    if (!isSo) {
      violations.report(
          Invariant.OUTCOMES_TRUE,
          process.name() + " says of " + resource.name() + ": " + outcome + ", but " + otherwise);
    }
  }

  private static boolean isRewritten(Version version, Set<Grant> missing, Set<Grant> unexpected) {
    var sent = Line.keys(version.sent());
    return Approved.minus(sent, version.keys()).equals(Line.keysOf(missing))
        && Approved.minus(version.keys(), sent).equals(Line.keysOf(unexpected));
  }

  private static boolean holdsSomeOf(Approved part, Version version) {
    var sent = Line.keys(version.sent());
    return part.added().stream().anyMatch(sent::contains);
  }

  private boolean isRefusal(Failure failure) {
    return isLastHolder(failure)
        || (failure.culprit() != null
            && (google.isRefused(failure.culprit()) || failure.culprit().contains("@kleos-demo")));
  }

  private static boolean isLastHolder(Failure failure) {
    return failure.message().contains("nobody else would have");
  }
}
