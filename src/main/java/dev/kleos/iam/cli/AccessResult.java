package dev.kleos.iam.cli;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.planner.Remainder;
import dev.kleos.iam.report.AccessJson;
import dev.kleos.iam.report.JsonReport;
import dev.kleos.iam.workflow.AccessChange;
import dev.kleos.iam.workflow.AccessChange.FileOutcome;
import dev.kleos.iam.workflow.Proposal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// How `grant` and `revoke` tell a program how it went.
record AccessResult(Session session, Optional<Remainder> remainder) {
  void print(AccessChange change) {
    switch (change) {
      case AccessChange.Invalid(var problems) ->
          JsonReport.ofProblems(session.options().spec().name(), problems)
              .print(session.surroundings().out());
      case AccessChange.Nothing(var proposal) -> print(proposal, List.of());
      case AccessChange.Unreadable(var proposal) -> print(proposal, List.of());
      case AccessChange.Refused(var proposal) -> print(proposal, List.of());
      case AccessChange.NotConfirmed(var proposal) -> print(proposal, List.of());
      case AccessChange.NotSaved(var proposal, var why) ->
          print(proposal, List.of(failure("NOT_SAVED", why)));
      case AccessChange.Overtaken(var proposal, var file) ->
          print(proposal, List.of(failure("ABORTED", file + " was changed meanwhile")));
      case AccessChange.Done(var proposal, var applied, var files) ->
          print(proposal, applied, files);
    }
  }

  private void print(Proposal proposal, List<Failure> more) {
    var access = new AccessJson(proposal.edits(), new HashSet<>(), remainder);
    session.json(proposal.previewed(), List.of(), proposal.origins(), access, more);
  }

  private void print(Proposal proposal, List<AppliedChange> applied, List<FileOutcome> files) {
    var saved = new HashSet<String>();
    var more = new ArrayList<Failure>();
    for (var file : files) {
      switch (file) {
        case FileOutcome.Saved(var name) -> saved.add(name);
        case FileOutcome.TakenBack _ -> {}
        case FileOutcome.Stale(_, var why) -> more.add(failure("NOT_SAVED", why));
      }
    }
    session.json(
        proposal.previewed(),
        applied,
        proposal.origins(),
        new AccessJson(proposal.edits(), saved, remainder),
        more);
  }

  private static Failure failure(String code, String why) {
    return Failure.of(code, "", why + ".", "");
  }
}
