package dev.kleos.iam.report;

import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The one line that says it all.
public final class Summary {
  static final String SEPARATOR = " · ";

  private Summary() {}

  /// E.g. `1 account to create · 6 grants to add · 1 grant to REMOVE`; empty where nothing changes.
  public static String of(ChangeSet changeSet) {
    var tally = Tally.of(changeSet.changes());
    var parts = new ArrayList<String>();
    add(parts, tally.created(), "account to create", "accounts to create");
    add(parts, tally.updated(), "account to update", "accounts to update");
    add(parts, tally.gained(), "grant to add", "grants to add");
    add(parts, tally.changed(), "grant to change", "grants to change");
    add(parts, tally.lost(), "grant to REMOVE", "grants to REMOVE");
    return String.join(SEPARATOR, parts);
  }

  /// E.g. ` (3 grants to REMOVE)`, to stand behind a word; empty where nothing changes.
  public static String inBrackets(ChangeSet changeSet) {
    var sum = of(changeSet);
    return sum.isEmpty() ? "" : " (" + sum + ")";
  }

  /// E.g. `6 grants missing · 1 unmanaged grant`; empty where there is no drift.
  public static String ofDrift(ChangeSet changeSet) {
    var tally = Tally.of(changeSet.changes());
    var parts = new ArrayList<String>();
    add(parts, tally.created(), "account missing", "accounts missing");
    add(parts, changeSet.disabled().size(), "account disabled", "accounts disabled");
    add(parts, tally.updated(), "account differs", "accounts differ");
    add(parts, tally.gained(), "grant missing", "grants missing");
    add(parts, tally.changed(), "grant differs", "grants differ");
    add(parts, tally.lost(), "grant against the plan", "grants against the plan");
    add(parts, changeSet.unmanaged().size(), "unmanaged grant", "unmanaged grants");
    return String.join(SEPARATOR, parts);
  }

  /// E.g. `Applied: 1 account created · 6 grants added · 1 change FAILED.`
  public static String ofApplied(List<AppliedChange> applied) {
    return ofApplied("Applied", applied);
  }

  /// The same with another word for it.
  public static String ofApplied(String done, List<AppliedChange> applied) {
    var written = new ArrayList<Change>();
    var inEffect = 0;
    var skipped = 0;
    var failed = 0;
    var stopped = 0;
    var partly = 0;
    var rewritten = 0;
    for (var step : applied) {
      step.written().ifPresent(written::add);
      switch (step.outcome()) {
        case Outcome.Applied _ -> {}
        case Outcome.Rewritten _ -> rewritten++;
        case Outcome.Partly _ -> {
          if (step.written().isPresent()) {
            partly++;
          } else {
            failed++;
          }
        }
        case Outcome.Stopped _ -> stopped++;
        case Outcome.AlreadyInEffect _ -> inEffect++;
        case Outcome.Skipped _ -> skipped++;
        case Outcome.Failed _, Outcome.Contended _ -> failed++;
      }
    }
    var tally = Tally.of(written);
    var parts = new ArrayList<String>();
    tally.addDone(parts);
    add(parts, inEffect, "change in effect", "changes in effect");
    add(parts, skipped, "change skipped", "changes skipped");
    add(parts, rewritten, "change REWRITTEN", "changes REWRITTEN");
    add(parts, partly, "change IN PART", "changes IN PART");
    add(parts, failed, "change FAILED", "changes FAILED");
    add(parts, stopped, "change NOT DONE", "changes NOT DONE");
    return done + ": " + String.join(SEPARATOR, parts) + ".";
  }

  /// E.g. `2 principals that the plan does not name STILL HAVE ACCESS`; empty where none has.
  ///
  /// @param now what decides whether a condition has ended
  public static String ofUnmanaged(ChangeSet changeSet, Instant now) {
    var principals =
        changeSet.unmanaged().stream()
            .filter(unmanaged -> !unmanaged.isProtected())
            .map(ChangeSet.UnmanagedGrant::grant)
            .filter(grant -> !grant.hasEnded(now))
            .map(Grant::principal)
            .distinct()
            .count();
    return principals == 0
        ? ""
        : Phrases.count(
            principals,
            "principal that the plan does not name STILL HAS ACCESS",
            "principals that the plan does not name STILL HAVE ACCESS");
  }

  /// E.g. `The plan is valid: 2 accounts, 1 service, 7 grants.`
  public static String of(DesiredState desired) {
    var accounts = 0;
    var services = 0;
    var projects = 0;
    var grants = 0;
    for (var policy : desired.policies()) {
      grants += policy.grants().size();
      switch (policy.resource()) {
        case Resource.Account _ -> accounts++;
        case Resource.Service _ -> services++;
        case Resource.Project _ -> projects++;
      }
    }
    var parts = new ArrayList<String>();
    add(parts, accounts, "account", "accounts");
    add(parts, services, "service", "services");
    add(parts, projects, "project policy", "project policies");
    add(parts, grants, "grant", "grants");
    return "The plan is valid: "
        + (parts.isEmpty() ? "it asks for nothing" : String.join(", ", parts))
        + ".";
  }

  /// E.g. `2 errors, 1 warning. Nothing is done while there is an error.`
  public static String ofProblems(List<Problem> problems) {
    var errors = 0;
    var warnings = 0;
    for (var problem : problems) {
      switch (problem.severity()) {
        case ERROR -> errors++;
        case WARNING -> warnings++;
      }
    }
    var parts = new ArrayList<String>();
    add(parts, errors, "error", "errors");
    add(parts, warnings, "warning", "warnings");
    return String.join(", ", parts) + ". Nothing is done while there is an error.";
  }

  /// E.g. `3 API calls (3 reads, 0 writes)`.
  public static String of(ApiCalls calls) {
    return Phrases.count(calls.read() + calls.write(), "API call")
        + " ("
        + Phrases.count(calls.read(), "read")
        + ", "
        + Phrases.count(calls.write(), "write")
        + ")";
  }

  /// The parts of a sum as one.
  public static String joined(List<String> parts) {
    return String.join(SEPARATOR, parts);
  }

  static void add(List<String> parts, int number, String one, String many) {
    if (number > 0) {
      parts.add(Phrases.count(number, one, many));
    }
  }
}
