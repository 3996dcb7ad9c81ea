package dev.kleos.iam.planner;

import java.util.Set;

/// What somebody says aloud for one run.
///
/// @param limit how much access may go
/// @param consents what else is meant
public record Overrides(RemovalLimit limit, Set<Consent> consents) {
  /// Nothing out of the ordinary.
  public static final Overrides NONE = new Overrides(RemovalLimit.DEFAULT, Set.of());

  /// For what somebody has asked for by the principal's name: how much it is was the question.
  public static final Overrides NAMED = new Overrides(RemovalLimit.NONE, Set.of());

  public Overrides {
    consents = Set.copyOf(consents);
  }
}
