package dev.kleos.iam.workflow;

import dev.kleos.iam.applier.Applier;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.LiveReader;
import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planfile.PlanEntry;
import dev.kleos.iam.planfile.PlanFileWriter;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planner.Doubt;
import dev.kleos.iam.planner.Guard;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.Refusal;
import dev.kleos.iam.planner.Remainder;
import dev.kleos.iam.planner.RemovalLimit;
import dev.kleos.iam.planner.Revocation;
import dev.kleos.iam.planner.Safety;
import dev.kleos.iam.workflow.AccessChange.FileOutcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Ends principals' access: their grants first, then their lines in the plan files. In this order
/// because access without a line would be silent, and a line whose grant is gone is shown by the
/// next plan. What cannot be read or written keeps its lines, and the rest is done all the same.
public final class RevokeAccess {
  private final Cloud cloud;
  private final Progress progress;
  private final Applier applier;
  private final PlanFileWriter writer;
  private final InstantSource clock;

  public RevokeAccess(
      Cloud cloud, Progress progress, Applier applier, PlanFileWriter writer, InstantSource clock) {
    this.cloud = cloud;
    this.progress = progress;
    this.applier = applier;
    this.writer = writer;
    this.clock = clock;
  }

  /// How it went, and what is left.
  ///
  /// @param remainder access that the principals still have; empty where nothing was looked at
  /// @param unseen policies that could not be looked at, and may hold more of it
  public record Result(AccessChange change, Remainder remainder, List<Failure> unseen) {
    public Result {
      unseen = List.copyOf(unseen);
    }

    private Result(AccessChange change) {
      this(change, Remainder.NONE, List.of());
    }
  }

  /// Shows, asks, applies and saves.
  ///
  /// @param dialogue shown every proposal; asked only where there is something to do
  /// @throws dev.kleos.iam.planfile.UneditableException where a file resists; nothing was done
  public Result run(RevokeRequest request, PlanFiles files, AccessChange.Dialogue dialogue)
      throws InterruptedException {
    var compiled = files.compile(clock.instant());
    var plan = request.complete(compiled.desired());
    var refusals = new ArrayList<Refusal>();
    var unreadable = new ArrayList<Failure>();
    ProjectNumbers.check(plan, cloud.catalog(), refusals, unreadable);
    if (!refusals.isEmpty() || !unreadable.isEmpty()) {
      return new Result(stop(refusals, unreadable, dialogue));
    }
    var scope = RevokeScope.of(request, plan, compiled.origins().projects().values());
    var live = new LiveReader(cloud, progress).read(scope.read());
    var changeSet = new Revocation(request.principals()).plan(scope.desired(), live);
    var findings = new RevokeFindings(live, changeSet);
    var proposal =
        propose(request, files, compiled.origins(), findings, refusals(request, changeSet));
    dialogue.show(proposal);
    var obstacle = obstacle(proposal, dialogue);
    if (obstacle.isPresent()) {
      return new Result(obstacle.get(), proposal.remainder(), findings.unseen());
    }
    var applied = applier.apply(changeSet);
    var saved = Uninterrupted.run(() -> save(request, files, proposal, findings, applied));
    return new Result(
        new AccessChange.Done(proposal, applied, saved),
        findings.remainderAfter(request, applied, clock.instant()),
        findings.unseen());
  }

  /// What keeps the proposal from being carried out.
  private Optional<AccessChange> obstacle(Proposal proposal, AccessChange.Dialogue dialogue) {
    if (!proposal.previewed().refusals().isEmpty()) {
      return Optional.of(new AccessChange.Refused(proposal));
    }
    if (proposal.isEmpty()) {
      return Optional.of(
          proposal.previewed().isComplete()
              ? new AccessChange.Nothing(proposal)
              : new AccessChange.Unreadable(proposal));
    }
    var unwritable = writer.obstacle(proposal.edits());
    if (unwritable.isPresent()) {
      return Optional.of(new AccessChange.NotSaved(proposal, unwritable.get()));
    }
    var unrecorded = AccessChange.Unrecorded.of(proposal, applier);
    if (unrecorded.isPresent()) {
      return unrecorded;
    }
    return dialogue.isGiven(proposal)
        ? Optional.empty()
        : Optional.of(new AccessChange.NotConfirmed(proposal));
  }

  private List<Refusal> refusals(RevokeRequest request, ChangeSet changeSet) {
    var overrides = new Overrides(RemovalLimit.NONE, request.consents());
    var caller = cloud.caller().principal().orElse(null);
    return Guard.checkRevocation(changeSet, new Safety(overrides, caller, clock.instant()));
  }

  private Proposal propose(
      RevokeRequest request,
      PlanFiles files,
      Origins origins,
      RevokeFindings findings,
      List<Refusal> refusals) {
    var lines =
        new RevokedLines(approved(request, origins, findings, List.of()), origins.entries());
    var edits = request.save() ? lines.edits(files, origins) : List.<FileEdit>of();
    var previewed = new Previewed(findings.changeSet(), refusals);
    var idle = idle(request, origins, findings);
    var members = findings.members();
    origins.entries().forEach(entry -> members.add(entry.principal()));
    var doubts = Doubt.about(idle, members);
    return new Proposal(
        previewed,
        origins,
        edits,
        new Remarks(doubts, idle, List.of(), List.of()),
        findings.remainder(request, clock.instant()));
  }

  /// Those who have no grant that would end, and no entry.
  private static List<Principal> idle(
      RevokeRequest request, Origins origins, RevokeFindings findings) {
    var busy = new HashSet<Principal>();
    for (var change : findings.changeSet().changes()) {
      if (change instanceof ModifyPolicy modify) {
        modify.diff().removed().forEach(grant -> busy.add(grant.principal()));
      }
    }
    origins.entries().stream()
        .filter(entry -> request.isAbout(entry.resource()))
        .forEach(entry -> busy.add(entry.principal()));
    return request.principals().stream().filter(who -> !busy.contains(who)).toList();
  }

  /// The entries on what was looked at, but for those on what failed.
  private static List<PlanEntry> approved(
      RevokeRequest request,
      Origins origins,
      RevokeFindings findings,
      List<AppliedChange> applied) {
    var failed = RevokeFindings.failed(applied);
    return origins.entries().stream()
        .filter(request::isAbout)
        .filter(entry -> findings.isKnown(entry.resource()))
        .filter(entry -> !failed.contains(entry.resource()))
        .toList();
  }

  private List<FileOutcome> save(
      RevokeRequest request,
      PlanFiles files,
      Proposal proposal,
      RevokeFindings findings,
      List<AppliedChange> applied)
      throws InterruptedException {
    var lines =
        new RevokedLines(
            approved(request, proposal.origins(), findings, applied), proposal.origins().entries());
    var outcomes = new ArrayList<FileOutcome>();
    for (var edit : proposal.edits()) {
      lines.save(files, edit.file(), writer, clock.instant()).ifPresent(outcomes::add);
    }
    return outcomes;
  }

  private static AccessChange stop(
      List<Refusal> refusals, List<Failure> unreadable, AccessChange.Dialogue dialogue) {
    var proposal =
        new Proposal(
            new Previewed(ChangeSet.EMPTY.withUnreadable(unreadable), refusals),
            Origins.NONE,
            List.of(),
            Remarks.NONE,
            Remainder.NONE);
    dialogue.show(proposal);
    return refusals.isEmpty()
        ? new AccessChange.Unreadable(proposal)
        : new AccessChange.Refused(proposal);
  }
}
