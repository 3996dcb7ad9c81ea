package dev.kleos.iam.planner;

import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Limit;
import dev.kleos.iam.model.Usage;
import java.util.List;
import java.util.Locale;

/// Refuses what Google would refuse, and what it says only as "invalid argument": a policy beyond
/// its limits. One that is beyond them already may shrink.
final class LimitGuard {
  private LimitGuard() {}

  static void check(List<ModifyPolicy> modifications, List<Refusal> refusals) {
    for (var modify : modifications) {
      var after = modify.planned().withGrants(modify.diff().applyTo(modify.planned().grants()));
      for (var limit : Limit.values()) {
        var usage = Usage.of(limit, after);
        if (usage.isExceeded() && usage.used() > Usage.of(limit, modify.planned()).used()) {
          refusals.add(new Refusal(modify.resource(), evidence(usage), remedy(limit)));
        }
      }
    }
  }

  private static String evidence(Usage usage) {
    return String.format(
        Locale.ROOT,
        "would hold %,d %s; Google takes %,d",
        usage.used(),
        usage.unit(),
        usage.limit().most());
  }

  private static String remedy(Limit limit) {
    return switch (limit) {
      case PRINCIPALS ->
          "everybody counts once for each role: put the people into a group, and name the group in the"
              + " plan file in place of them";
      case GROUPS -> "put the groups into one group, and name that one in place of them";
      case VARIANTS -> "end some of them: each end and each condition of a principal is one";
      case OPERATORS -> "write a simpler condition, or two grants of a simpler one each";
    };
  }
}
