package dev.kleos.iam.model;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What an entry of a plan file says aloud, because it is refused otherwise.
public enum Allowance {
  /// A grant to everyone: `allUsers` or `allAuthenticatedUsers`.
  PUBLIC,
  /// A grant of a basic role, such as `roles/editor`.
  BASIC_ROLE,
  /// An impersonation role on the project, which reaches every account in it.
  PROJECT_WIDE;

  /// What to do about a grant that needs more than one, which no entry can say.
  public static final String NEVER =
      "no entry can allow that: choose a narrower role, or name who is meant";

  /// How a plan file spells it, e.g. `basic-role`.
  public String spelling() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Why it has to be said.
  public String why() {
    return switch (this) {
      case PUBLIC -> "that is everybody, also outside your organization";
      case BASIC_ROLE -> "that reaches nearly everything in the project";
      case PROJECT_WIDE -> "on the project, that reaches every account in it";
    };
  }

  /// What an entry has to say aloud for this grant; empty for a grant like any other. An entry can
  /// say one of them, so a grant that needs two is never allowed.
  public static Set<Allowance> neededFor(Resource resource, Role role, Principal principal) {
    var needed = EnumSet.noneOf(Allowance.class);
    if (principal.isPublic()) {
      needed.add(PUBLIC);
    }
    if (role.isBasic()) {
      needed.add(BASIC_ROLE);
    }
    if (resource instanceof Resource.Project && role.isImpersonation()) {
      needed.add(PROJECT_WIDE);
    }
    return needed;
  }
}
