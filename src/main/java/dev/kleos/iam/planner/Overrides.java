package dev.kleos.iam.planner;

import java.util.Set;

/// What somebody says aloud for one run.
///
/// @param limit how much access may go
/// @param consents what else is meant
public record Overrides(RemovalLimit limit, Set<Consent> consents) {
  /// Nothing out of the ordinary.
  public static final Overrides NONE = new Overrides(RemovalLimit.DEFAULT, Set.of());

  public Overrides {
    consents = Set.copyOf(consents);
  }
}
