package dev.kleos.iam.cli;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planner.Remainder;
import dev.kleos.iam.report.AccessJson;
import dev.kleos.iam.report.JsonReport;
import dev.kleos.iam.workflow.AccessChange;
import dev.kleos.iam.workflow.AccessChange.FileOutcome;
import dev.kleos.iam.workflow.Proposal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// How `grant` and `revoke` tell a program how it went.
///
/// @param unseen what could not be looked at
/// @param effective whether what was granted was seen to work; empty where nobody looked
record AccessResult(
    Session session,
    Optional<Remainder> remainder,
    List<Failure> unseen,
    Optional<Boolean> effective) {
  void print(AccessChange change) {
    switch (change) {
      case AccessChange.Invalid(var problems) ->
          JsonReport.ofProblems(session.options().spec().name(), problems)
              .print(session.surroundings().out());
      case AccessChange.Nothing(var proposal) -> print(proposal, List.of());
      case AccessChange.Unreadable(var proposal) -> print(proposal, List.of());
      case AccessChange.Refused(var proposal) -> print(proposal, List.of());
      case AccessChange.NotConfirmed(var proposal) -> print(proposal, List.of());
      case AccessChange.Missing(var proposal, var resource) ->
          print(proposal, List.of(failure("NOT_FOUND", resource.name() + " is not there")));
      case AccessChange.NotSaved(var proposal, var why) ->
          print(proposal, List.of(failure("NOT_SAVED", why)));
      case AccessChange.Unrecorded(var proposal, var why) ->
          print(proposal, List.of(failure("NOT_RECORDED", why)));
      case AccessChange.Overtaken(var proposal, var file) ->
          print(proposal, List.of(failure("ABORTED", file + " was changed meanwhile")));
      case AccessChange.Done done -> print(done);
    }
  }

  private void print(Proposal proposal, List<Failure> more) {
    print(proposal, List.of(), proposal.origins(), proposal.edits(), Set.of(), more);
  }

  private void print(AccessChange.Done done) {
    var proposal = done.proposal();
    var origins = done.origins(session.plan().origins());
    var edits = new LinkedHashMap<String, FileEdit>();
    proposal.edits().forEach(edit -> edits.put(edit.file(), edit));
    var saved = new HashSet<String>();
    var more = new ArrayList<Failure>();
    for (var file : done.files()) {
      switch (file) {
        case FileOutcome.Saved(var edit) -> {
          edits.put(edit.file(), edit);
          saved.add(edit.file());
        }
        case FileOutcome.Amended amended -> {
          edits.put(amended.file(), amended.edit());
          saved.add(amended.file());
        }
        case FileOutcome.TakenBack _ -> {}
        case FileOutcome.Stale(_, var why) -> more.add(failure("NOT_SAVED", why));
      }
    }
    print(proposal, done.applied(), origins, edits.values(), saved, more);
  }

  private void print(
      Proposal proposal,
      List<AppliedChange> applied,
      Origins origins,
      Collection<FileEdit> edits,
      Set<String> saved,
      List<Failure> more) {
    var remarks = proposal.remarks();
    session.json(
        proposal.previewed(),
        applied,
        origins,
        new AccessJson(
            List.copyOf(edits), saved, remarks.doubts(), remarks.kept(), remainder, effective),
        Stream.concat(more.stream(), unseen.stream()).toList());
  }

  private static Failure failure(String code, String why) {
    return Failure.of(code, "", why + ".", "");
  }
}
