package dev.kleos.iam.workflow;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Substitution;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What Google made of those who were to get something, as far as it is certain.
///
/// @param refused those who certainly did not get it, and will not by themselves
/// @param renamed those whom it holds under another name
record Verdict(Set<Principal> refused, List<Substitution> renamed) {
  /// Google's answers after which the grant is certainly not there and will not be.
  private static final Set<String> FINAL =
      Set.of("INVALID_ARGUMENT", "FAILED_PRECONDITION", "PERMISSION_DENIED", "NOT_FOUND");

  /// The verdict on all these changes.
  static Verdict on(List<AppliedChange> applied) {
    var verdict = new Verdict(new LinkedHashSet<>(), new ArrayList<>());
    applied.forEach(verdict::add);
    return verdict;
  }

  private void add(AppliedChange step) {
    switch (step.outcome()) {
      case Outcome.Failed(var failure) -> {
        if (isFinal(failure) && step.change() instanceof Change.ModifyPolicy modify) {
          refuse(modify.diff().added());
        }
      }
      case Outcome.Stopped _ -> {
        if (step.change() instanceof Change.ModifyPolicy modify) {
          refuse(modify.diff().added());
        }
      }
      case Outcome.Partly(_, var left, _) -> {
        refuse(left.added());
        step.rest().ifPresent(this::add);
      }
      case Outcome.Rewritten rewritten -> {
        refuse(rewritten.lost());
        rewritten.swapped().forEach(pair -> refused.remove(pair.sent()));
        renamed.addAll(rewritten.substitutions());
        renamed.addAll(rewritten.swapped());
      }
      case Outcome.Applied _,
          Outcome.AlreadyInEffect _,
          Outcome.Skipped _,
          Outcome.Contended _ -> {}
    }
  }

  private void refuse(Set<Grant> grants) {
    grants.forEach(grant -> refused.add(grant.principal()));
  }

  private static boolean isFinal(Failure failure) {
    return FINAL.contains(failure.code());
  }
}
