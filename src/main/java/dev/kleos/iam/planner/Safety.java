package dev.kleos.iam.planner;

import dev.kleos.iam.model.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a change set is held against.
///
/// @param caller who is at work; null where that is not known
/// @param now what decides whether a grant has ended
public record Safety(Overrides overrides, @Nullable Principal caller, Instant now) {

  RemovalLimit limit() {
    return overrides.limit();
  }

  boolean lacks(Consent consent) {
    return !overrides.consents().contains(consent);
  }
}
