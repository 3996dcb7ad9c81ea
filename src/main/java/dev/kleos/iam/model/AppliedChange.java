package dev.kleos.iam.model;

import java.util.Optional;

/// A change and what became of it.
public record AppliedChange(Change change, Outcome outcome) {
  /// What of the change Google holds now because of us; empty where it is nothing.
  public Optional<Change> written() {
    return switch (outcome) {
      case Outcome.Applied _, Outcome.Rewritten _ -> Optional.of(change);
      case Outcome.Partly partly -> Optional.of(without(partly.left()));
      case Outcome.AlreadyInEffect _,
          Outcome.Skipped _,
          Outcome.Failed _,
          Outcome.Stopped _,
          Outcome.Contended _ ->
          Optional.empty();
    };
  }

  private Change without(GrantDiff left) {
    return switch (change) {
      case Change.ModifyPolicy(var resource, var planned, var diff) ->
          new Change.ModifyPolicy(resource, planned, diff.without(left));
      case Change.CreateServiceAccount _, Change.UpdateServiceAccount _ -> change;
    };
  }
}
