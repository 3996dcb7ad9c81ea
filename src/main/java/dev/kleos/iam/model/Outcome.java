package dev.kleos.iam.model;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What became of a change.
public sealed interface Outcome {
  /// Written, and Google holds what was sent.
  ///
  /// @param attempts writes that it took, 1 without a conflict
  record Applied(int attempts) implements Outcome {}

  /// It was so when we looked again.
  ///
  /// @param isPerhapsOurs whether it may be an earlier try of ours whose answer was lost; if not,
  ///   someone else has made the same change
  record AlreadyInEffect(boolean isPerhapsOurs) implements Outcome {
    /// By someone else.
    public AlreadyInEffect() {
      this(false);
    }
  }

  /// Not tried, because what it depends on failed.
  record Skipped(Resource dependency) implements Outcome {}

  /// Refused by Google, or never answered.
  record Failed(Failure failure) implements Outcome {}

  /// Tried without the principals that Google does not accept.
  ///
  /// @param failures what Google said, one for each such principal
  /// @param left what the change was to do for these; nothing of it is done
  /// @param rest what became of everything else
  record Partly(List<Failure> failures, GrantDiff left, Outcome rest) implements Outcome {
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

    /// Whom Google took for whom, as far as that can be told.
    public List<Substitution> substitutions() {
      return Substitution.among(missing, unexpected);
    }

    /// Pairs of those who are left, where which of them is whom cannot be told: they are as many,
    /// of one type and with the same grants, so that it makes no difference to what each of them
    /// has.
    public List<Substitution> swapped() {
      return Substitution.inAnyOrder(lost(), strange());
    }

    /// What was sent and is not stored, in nobody's name that could be told.
    public SortedSet<Grant> lost() {
      var lost = new TreeSet<>(missing);
      lost.removeIf(
          grant -> substitutions().stream().anyMatch(it -> it.sent().equals(grant.principal())));
      return lost;
    }

    /// What is stored and was not sent, in place of nobody who could be told.
    public SortedSet<Grant> strange() {
      var strange = new TreeSet<>(unexpected);
      strange.removeIf(
          grant -> substitutions().stream().anyMatch(it -> it.stored().equals(grant.principal())));
      return strange;
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
