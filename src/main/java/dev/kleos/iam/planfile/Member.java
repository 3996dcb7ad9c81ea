package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Principal;

/// Who an entry of a plan file is about, before names are resolved.
sealed interface Member {
  /// Spelled out, as Google takes it.
  record Named(Principal principal) implements Member {}

  /// A bare word: the account of that id in this plan, whichever file has it.
  record OfPlan(String accountId) implements Member {}
}
