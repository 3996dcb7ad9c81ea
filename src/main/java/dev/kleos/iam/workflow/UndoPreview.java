package dev.kleos.iam.workflow;

import static java.util.stream.Collectors.toCollection;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.LiveReader;
import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.model.Change.CreateServiceAccount;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Change.UpdateServiceAccount;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Unmanaged;
import dev.kleos.iam.planner.Consent;
import dev.kleos.iam.planner.Guard;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.Reversal;
import dev.kleos.iam.planner.Reversal.Done;
import dev.kleos.iam.planner.Reversal.Kept;
import dev.kleos.iam.planner.Safety;
import dev.kleos.iam.record.RecordedRun;
import dev.kleos.iam.record.RecordedStep;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Works out what takes a recorded run back, on what is live now. Never writes.
public final class UndoPreview {
  private final Cloud cloud;
  private final InstantSource clock;
  private final Progress progress;

  public UndoPreview(Cloud cloud, InstantSource clock, Progress progress) {
    this.cloud = cloud;
    this.clock = clock;
    this.progress = progress;
  }

  /// What would change, what speaks against it, and what stays.
  ///
  /// @param overrides what is said aloud
  public Undoing run(RecordedRun run, Overrides overrides) throws InterruptedException {
    var done = run.steps().stream().flatMap(UndoPreview::done).toList();
    var live = new LiveReader(cloud, progress).read(about(done));
    var reversed = Reversal.plan(done, live);
    var changeSet = reversed.changeSet();
    // That a run is taken back which gave everything is no slip: it was asked for by its number.
    var consents = EnumSet.of(Consent.EMPTY_PLAN);
    consents.addAll(overrides.consents());
    var safety =
        new Safety(
            new Overrides(overrides.limit(), consents),
            cloud.caller().principal().orElse(null),
            clock.instant());
    var refusals = Guard.check(desired(changeSet), changeSet, safety);
    return new Undoing(new Previewed(changeSet, refusals), reversed.kept());
  }

  /// What would be taken back.
  ///
  /// @param kept what stays as it is
  public record Undoing(Previewed previewed, List<Kept> kept) {
    public Undoing {
      kept = List.copyOf(kept);
    }
  }

  private static Stream<Done> done(RecordedStep step) {
    return step.isWritten() == RecordedStep.Certainty.NO
        ? Stream.empty()
        : step.intent().stream()
            .map(intent ->
                switch (intent.change()) {
                  case ModifyPolicy modify ->
                      new Reversal.Modified(
                          modify.resource(),
                          modify.planned().grants(),
                          step.effect().orElseThrow());
                  case UpdateServiceAccount(var live, var desired) ->
                      new Reversal.Described(live, desired);
                  case CreateServiceAccount(var desired) ->
                      new Reversal.Created(desired.resource());
                });
  }

  /// What is to be read.
  private static DesiredState about(List<Done> done) {
    var accounts = new ArrayList<ServiceAccount>();
    var policies = new ArrayList<DesiredPolicy>();
    for (var each : done) {
      switch (each) {
        case Reversal.Modified(var resource, _, _) ->
            policies.add(policy(resource, Set.of(), Set.of()));
        case Reversal.Described(_, var after) -> accounts.add(after);
        case Reversal.Created _ -> {}
      }
    }
    return new DesiredState(accounts, policies, Map.of());
  }

  /// What guards hold the changes against: what is given back is wanted, and the roles that are
  /// given back or taken are managed.
  private static DesiredState desired(ChangeSet changeSet) {
    var policies = new ArrayList<DesiredPolicy>();
    for (var change : changeSet.changes()) {
      if (change instanceof ModifyPolicy(var resource, _, var diff)) {
        var roles =
            Stream.concat(diff.added().stream(), diff.removed().stream())
                .map(Grant::role)
                .collect(toCollection(LinkedHashSet::new));
        policies.add(policy(resource, diff.added(), roles));
      }
    }
    return new DesiredState(List.of(), policies, Map.of());
  }

  private static DesiredPolicy policy(Resource resource, Set<Grant> grants, Set<Role> managed) {
    return new DesiredPolicy(resource, grants, Map.of(), managed, Set.of(), Unmanaged.REPORT);
  }
}
