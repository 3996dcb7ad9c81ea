package dev.kleos.iam.checkup;

import dev.kleos.iam.model.NarrowestRole;
import java.util.Set;

/// What somebody lacks, as short as a line of the checkup has room for it.
final class Lack {
  private Lack() {}

  /// A permission with the narrowest predefined role that has it, such as `run.services.get, in
  /// roles/run.viewer`.
  static String of(String permission) {
    return permission + NarrowestRole.of(Set.of(permission)).map(", in "::concat).orElse("");
  }
}
