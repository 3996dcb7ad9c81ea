package dev.kleos.iam.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A change and what became of it.
public record AppliedChange(Change change, Outcome outcome) {
  /// What of the change Google holds now because of us; empty where it is nothing.
  public Optional<Change> written() {
    return switch (outcome) {
      case Outcome.Applied _ -> Optional.of(change);
      case Outcome.Rewritten rewritten -> without(GrantDiff.of(notStored(rewritten), Set.of()));
      case Outcome.Partly _ -> rest().flatMap(AppliedChange::written);
      case Outcome.AlreadyInEffect _,
          Outcome.Skipped _,
          Outcome.Failed _,
          Outcome.Stopped _,
          Outcome.Contended _ ->
          Optional.empty();
    };
  }

  /// Of a change that was tried without some principals, what was tried and what became of it;
  /// empty where nothing was left to try, and of any other.
  public Optional<AppliedChange> rest() {
    return outcome instanceof Outcome.Partly(_, var left, var rest)
        ? without(left).map(tried -> new AppliedChange(tried, rest))
        : Optional.empty();
  }

  /// All that Google said against it.
  public List<Failure> failures() {
    return switch (outcome) {
      case Outcome.Failed(var failure) -> List.of(failure);
      case Outcome.Partly(var failures, _, _) ->
          Stream.concat(
                  failures.stream(), rest().stream().flatMap(tried -> tried.failures().stream()))
              .toList();
      case Outcome.Applied _,
          Outcome.Rewritten _,
          Outcome.AlreadyInEffect _,
          Outcome.Skipped _,
          Outcome.Stopped _,
          Outcome.Contended _ ->
          List.of();
    };
  }

  private static Set<Grant> notStored(Outcome.Rewritten rewritten) {
    var swapped = rewritten.swapped().stream().map(Substitution::sent).toList();
    var lost = new LinkedHashSet<Grant>(rewritten.lost());
    lost.removeIf(grant -> swapped.contains(grant.principal()));
    return lost;
  }

  /// The change without a part of it; empty where nothing is left.
  private Optional<Change> without(GrantDiff part) {
    return switch (change) {
      case Change.ModifyPolicy(var resource, var planned, var diff) ->
          Optional.<Change>of(new Change.ModifyPolicy(resource, planned, diff.without(part)))
              .filter(_ -> !diff.without(part).isEmpty());
      case Change.CreateServiceAccount _, Change.UpdateServiceAccount _ -> Optional.of(change);
    };
  }
}
