package dev.kleos.iam.record;

import dev.kleos.iam.applier.Journal.Intent;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Outcome;
import java.util.Optional;

/// What the journal says of one approved change of a run.
///
/// @param approved the change, without what was there before
/// @param intent what was sent last; empty where nothing was
/// @param outcome what became of it; empty where the run ended before that was known
public record RecordedStep(Change approved, Optional<Intent> intent, Optional<Outcome> outcome) {
  /// Whether what was sent, and what became of it, can be of the approved change.
  boolean isCoherent() {
    var isOfIt =
        intent
            .map(Intent::change)
            .filter(sent ->
                !sent.getClass().equals(approved.getClass())
                    || !sent.resource().equals(approved.resource()))
            .isEmpty();
    return isOfIt
        && (approved instanceof ModifyPolicy
            || !outcome.map(RecordedStep::isOfGrants).orElse(false));
  }

  private static boolean isOfGrants(Outcome outcome) {
    return outcome instanceof Outcome.Partly || outcome instanceof Outcome.Rewritten;
  }

  /// The change, with what was there before as far as it is known.
  public Change change() {
    var sent = intent.map(Intent::change);
    return switch (approved) {
      case ModifyPolicy(var resource, var planned, var diff) ->
          new ModifyPolicy(
              resource, sent.map(it -> ((ModifyPolicy) it).planned()).orElse(planned), diff);
      case Change.CreateServiceAccount _, Change.UpdateServiceAccount _ -> sent.orElse(approved);
    };
  }

  /// The change and what became of it; empty where that is not known.
  public Optional<AppliedChange> applied() {
    return outcome.map(it -> new AppliedChange(change(), it));
  }

  /// Whether Google holds something else because of this step.
  public Certainty isWritten() {
    if (intent.isEmpty()) {
      return Certainty.NO;
    }
    return outcome.map(RecordedStep::isWritten).orElse(Certainty.UNKNOWN);
  }

  /// What guarded the write that was sent last; empty where nothing was, or nothing guards it.
  public Optional<String> etag() {
    return intent.map(Intent::etag).filter(etag -> !etag.isEmpty());
  }

  /// Of a change of a policy, what it really changed, or would have: compared with what was there
  /// before, and as Google stored it. Empty of anything else.
  public Optional<GrantDiff> effect() {
    return intent
        .filter(it -> it.change() instanceof ModifyPolicy)
        .map(it -> effect((ModifyPolicy) it.change(), outcome.orElse(new Outcome.Stopped())));
  }

  private static GrantDiff effect(ModifyPolicy sent, Outcome outcome) {
    return switch (outcome) {
      // Those who were refused are not in what was sent last.
      case Outcome.Partly(_, _, var rest) -> effect(sent, rest);
      case Outcome.Rewritten(var missing, var unexpected) -> {
        var before = sent.planned().grants();
        var stored = GrantDiff.of(unexpected, missing).applyTo(sent.diff().applyTo(before));
        yield GrantDiff.between(before, stored);
      }
      case Outcome.Applied _,
          Outcome.AlreadyInEffect _,
          Outcome.Contended _,
          Outcome.Failed _,
          Outcome.Skipped _,
          Outcome.Stopped _ -> {
        var before = sent.planned().grants();
        yield GrantDiff.between(before, sent.diff().applyTo(before));
      }
    };
  }

  private static Certainty isWritten(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Applied _, Outcome.Rewritten _ -> Certainty.YES;
      case Outcome.AlreadyInEffect(var isPerhapsOurs) ->
          isPerhapsOurs ? Certainty.UNKNOWN : Certainty.NO;
      case Outcome.Partly(_, _, var rest) -> isWritten(rest);
      case Outcome.Failed(Failure failure) -> failure.isOpen() ? Certainty.UNKNOWN : Certainty.NO;
      case Outcome.Contended _, Outcome.Skipped _, Outcome.Stopped _ -> Certainty.NO;
    };
  }

  /// How sure that is.
  public enum Certainty {
    YES,
    NO,
    /// Only a look at Google tells.
    UNKNOWN
  }
}
