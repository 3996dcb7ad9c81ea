package dev.kleos.iam.planner;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What somebody says aloud for one run, because it is refused otherwise.
public enum Consent {
  /// That nobody has a managed role any more.
  LAST_GRANT,
  /// That a plan which asks for no grant at all takes access away.
  EMPTY_PLAN,
  /// That whoever is at work loses the role that lets them do such work.
  OWN_ROLE,
  /// That an account is created anew whose predecessor could be restored.
  RECREATE;

  /// How a command line spells it, e.g. `last-grant`.
  public String spelling() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The consent of that spelling; empty where there is none.
  public static Optional<Consent> spelled(String text) {
    return Arrays.stream(values()).filter(consent -> consent.spelling().equals(text)).findFirst();
  }

  /// What to add to a command line that means it.
  String advice() {
    return "if that is meant, add --allow " + spelling();
  }
}
