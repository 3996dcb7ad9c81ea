package dev.kleos.iam.cloud;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Resource;

/// Allow policies, as Google holds them. Every method throws [CloudException].
public interface Policies {
  /// The policy now, conditions included; it always has an etag.
  AllowPolicy read(Resource resource);

  /// Stores the policy if nobody has stored another since `next.etag()` was read. What a policy
  /// holds besides grants (audit configurations) stays as it is.
  ///
  /// @throws IllegalArgumentException where `next` has no etag: such a write would overwrite
  ///   blindly
  Result compareAndSet(Resource resource, AllowPolicy next);

  /// Whether a write to it was sent, and it was never told what became of that: it may have come
  /// through, or do so yet.
  default boolean isUnanswered(Resource resource) {
    return false;
  }

  /// What a conditional write came to.
  sealed interface Result {}

  /// It is stored.
  ///
  /// @param stored what Google says that it holds now
  record Stored(AllowPolicy stored) implements Result {}

  /// The policy is not what it was read as; nothing is stored by the last try.
  ///
  /// @param isPerhapsOurs whether an earlier try of the same write was not answered, so that what
  ///   has changed the policy may be that; if not, someone else wrote in between
  record Conflict(boolean isPerhapsOurs) implements Result {
    /// By someone else.
    public Conflict() {
      this(false);
    }
  }
}
