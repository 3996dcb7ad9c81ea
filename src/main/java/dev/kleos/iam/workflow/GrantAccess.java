package dev.kleos.iam.workflow;

import dev.kleos.iam.applier.Applier;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.planfile.PlanFileWriter;
import dev.kleos.iam.planfile.PlanFileWriter.Result;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planfile.UneditableException;
import dev.kleos.iam.planner.Doubt;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.Refusal;
import dev.kleos.iam.planner.Remainder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Gives principals access to one resource: their lines in a plan file first, then their grants,
/// and nothing else. In this order because a line without the grant is shown by the next plan, and
/// a grant without a line would be one that nobody asked for.
public final class GrantAccess {
  private final Preview preview;
  private final Applier applier;
  private final PlanFileWriter writer;
  private final InstantSource clock;

  public GrantAccess(Preview preview, Applier applier, PlanFileWriter writer, InstantSource clock) {
    this.preview = preview;
    this.applier = applier;
    this.writer = writer;
    this.clock = clock;
  }

  /// Shows, asks, saves and applies.
  ///
  /// @param dialogue shown every proposal; asked only where there is something to do
  /// @throws dev.kleos.iam.planfile.PlanUsageException where it cannot be told which file or line
  ///   is to be edited
  /// @throws dev.kleos.iam.planfile.UneditableException where the file resists
  public AccessChange run(GrantRequest request, PlanFiles files, AccessChange.Dialogue dialogue)
      throws InterruptedException {
    var now = clock.instant();
    var draft = GrantDraft.of(request, files, now);
    if (!draft.plan().isValid()) {
      return new AccessChange.Invalid(draft.plan().problems());
    }
    var previewed = previewed(request, draft, now);
    var proposal =
        new Proposal(
            previewed,
            (previewed.refusals().isEmpty() ? draft.plan() : files.compile(now)).origins(),
            request.save() && previewed.refusals().isEmpty()
                ? draft.edit().stream().toList()
                : List.of(),
            new Remarks(
                Doubt.about(request.who(), members(draft, previewed.changeSet())),
                unchanged(request, draft, previewed.changeSet()),
                draft.kept(),
                draft.renewed()),
            Remainder.NONE);
    if (isMissing(previewed.changeSet())) {
      return new AccessChange.Missing(proposal, request.resource());
    }
    dialogue.show(proposal);
    if (!previewed.isComplete()) {
      return new AccessChange.Unreadable(proposal);
    }
    if (!previewed.refusals().isEmpty()) {
      return new AccessChange.Refused(proposal);
    }
    if (proposal.isEmpty()) {
      return new AccessChange.Nothing(proposal);
    }
    var obstacle = writer.obstacle(proposal.edits());
    if (obstacle.isPresent()) {
      return new AccessChange.NotSaved(proposal, obstacle.get());
    }
    var unrecorded = AccessChange.Unrecorded.of(proposal, applier);
    if (unrecorded.isPresent()) {
      return unrecorded.get();
    }
    if (!dialogue.isGiven(proposal)) {
      return new AccessChange.NotConfirmed(proposal);
    }
    return proposal.edits().isEmpty()
        ? applied(proposal, GrantedLines.unsaved(request, files, writer, now))
        : saveAndApply(request, files, draft, proposal);
  }

  private AccessChange saveAndApply(
      GrantRequest request, PlanFiles files, GrantDraft approved, Proposal proposal)
      throws InterruptedException {
    var current = files;
    var edit = proposal.edits().getFirst();
    for (var tries = 0; tries < FileRivals.MOST_TRIES; tries++) {
      switch (writer.replace(edit.before(), edit.after())) {
        case Result.Replaced() -> {
          return applied(
              proposal, GrantedLines.of(request, current, edit, writer, clock.instant()));
        }
        case Result.Failed(var why) -> {
          return new AccessChange.NotSaved(proposal, why);
        }
        case Result.Changed(var now) -> {
          FileRivals.pause();
          current = current.with(now);
          var again = draftAgain(request, current, approved);
          if (again.isEmpty()) {
            return new AccessChange.Overtaken(proposal, edit.file());
          }
          if (again.get().edit().isEmpty()) {
            return applied(
                proposal, GrantedLines.unsaved(request, current, writer, clock.instant()));
          }
          edit = again.get().edit().get();
        }
      }
    }
    return new AccessChange.Overtaken(proposal, edit.file());
  }

  /// The draft for files that somebody has edited; empty where it would not be what was approved.
  private Optional<GrantDraft> draftAgain(
      GrantRequest request, PlanFiles files, GrantDraft approved) {
    try {
      return files.compile(clock.instant()).isValid()
          ? Optional.of(GrantDraft.of(request, files, clock.instant())).filter(approved::isLike)
          : Optional.empty();
    } catch (PlanUsageException | UneditableException e) {
      return Optional.empty();
    }
  }

  private AccessChange applied(Proposal proposal, GrantedLines lines) {
    var applied = applier.apply(proposal.previewed().changeSet());
    return new AccessChange.Done(proposal, applied, Uninterrupted.run(() -> lines.settle(applied)));
  }

  private Previewed previewed(GrantRequest request, GrantDraft draft, Instant now)
      throws InterruptedException {
    var found = preview.ofGrants(draft.desired(), Overrides.NAMED);
    var changeSet = found.changeSet();
    var refusals = new ArrayList<Refusal>(found.refusals());
    refusals.addAll(draft.refusals());
    refusals.addAll(Shortening.check(request, changeSet, draft.named(), now));
    return new Previewed(changeSet, refusals);
  }

  private static boolean isMissing(ChangeSet changeSet) {
    return changeSet.changes().stream().anyMatch(Change.CreateServiceAccount.class::isInstance);
  }

  private static List<Principal> unchanged(
      GrantRequest request, GrantDraft draft, ChangeSet changeSet) {
    var touched = new HashSet<>(draft.edited());
    for (var change : changeSet.changes()) {
      if (change instanceof Change.ModifyPolicy modify) {
        modify.diff().added().forEach(grant -> touched.add(grant.principal()));
      }
    }
    return request.who().stream().filter(who -> !touched.contains(who)).toList();
  }

  /// Everyone whom the plan or the policy of the resource names already.
  private static Set<Principal> members(GrantDraft draft, ChangeSet changeSet) {
    var members = new LinkedHashSet<>(draft.members());
    for (var change : changeSet.changes()) {
      if (change instanceof Change.ModifyPolicy modify) {
        modify.planned().grants().forEach(grant -> members.add(grant.principal()));
      }
    }
    return members;
  }
}
