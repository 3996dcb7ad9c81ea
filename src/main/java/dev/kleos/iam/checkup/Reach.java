package dev.kleos.iam.checkup;

import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import java.time.Instant;
import java.util.Optional;

/// Through what somebody has a permission, as far as policies tell.
sealed interface Reach {

  /// What policies that were read tell.
  sealed interface Seen extends Reach {}

  /// A grant that holds now.
  ///
  /// @param on the resource whose policy has it
  /// @param until empty where no end is known
  record Granted(Grant grant, Resource on, Optional<Instant> until) implements Seen {}

  /// There is a grant, but its condition is not met now.
  record Unmet(Grant grant, Resource on) implements Seen {}

  /// There is a grant that may reach him: to a group or a pool whose members are nobody's to see
  /// here, or under a condition that cannot be judged from here.
  record Perhaps(Grant grant, Resource on) implements Seen {}

  /// There is none.
  record Missing() implements Seen {}

  /// Nothing that could be seen gives it, and not all could be.
  ///
  /// @param what is hidden, such as `the project's policy`, with the permission that shows it
  /// @param seen what could be seen, a grant whose condition is not met or none
  record Unseen(String what, Seen seen) implements Reach {}
}
