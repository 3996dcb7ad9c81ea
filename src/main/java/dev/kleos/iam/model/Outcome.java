package dev.kleos.iam.model;

import java.util.List;
import java.util.Set;

/// What became of a change.
public sealed interface Outcome {
  /// Written, and Google holds what was sent.
  ///
  /// @param attempts writes that it took, 1 without a conflict
  record Applied(int attempts) implements Outcome {}

  /// It was so when we looked again: someone else had made the same change, or an earlier try of
  /// ours whose answer was lost.
  record AlreadyInEffect() implements Outcome {}

  /// Not tried, because what it depends on failed.
  record Skipped(Resource dependency) implements Outcome {}

  /// Refused by Google, or never answered.
  record Failed(Failure failure) implements Outcome {}

  /// Written, but for the grants to principals that Google does not accept.
  ///
  /// @param failures what Google said, one for each such principal
  /// @param left the part of the change that was not written
  record Partly(List<Failure> failures, GrantDiff left, int attempts) implements Outcome {
    public Partly {
      failures = List.copyOf(failures);
    }
  }

  /// Not written, because somebody wished to stop before its turn, or while it waited.
  record Stopped() implements Outcome {}

  /// Others kept changing the policy until the deadline.
  record Contended(int attempts) implements Outcome {}

  /// Written, but Google holds other grants than were sent: it replaces an alias by the primary
  /// address.
  record Rewritten(Set<Grant> missing, Set<Grant> unexpected) implements Outcome {
    public Rewritten {
      missing = Set.copyOf(missing);
      unexpected = Set.copyOf(unexpected);
    }
  }

  /// The outcome of a write, by what Google says it stored.
  static Outcome stored(AllowPolicy sent, AllowPolicy stored, int attempts) {
    var difference = GrantDiff.between(sent.grants(), stored.grants());
    return difference.isEmpty()
        ? new Applied(attempts)
        : new Rewritten(difference.removed(), difference.added());
  }
}
