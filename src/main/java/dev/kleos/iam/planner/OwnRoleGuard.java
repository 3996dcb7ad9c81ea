package dev.kleos.iam.planner;

import dev.kleos.iam.model.Change.ModifyPolicy;
import java.util.List;

/// Refuses to take from whoever is at work, or to cut short, the role that lets them do such work:
/// they could not give it back.
final class OwnRoleGuard {
  private OwnRoleGuard() {}

  static void check(List<ModifyPolicy> modifications, Safety safety, List<Refusal> refusals) {
    var caller = safety.caller();
    if (caller == null || !safety.lacks(Consent.OWN_ROLE)) {
      return;
    }
    for (var modify : modifications) {
      for (var effect : modify.effects()) {
        var role = effect.assignment().role();
        if (effect.assignment().principal().equals(caller)
            && role.isAdministering()
            && effect.reducesAccess(safety.now())) {
          refusals.add(
              new Refusal(
                  modify.resource(),
                  (effect.endsAccess(safety.now()) ? "would remove " : "would cut short ")
                      + role
                      + " of "
                      + caller
                      + ", as whom this is run: you could not give it back",
                  Consent.OWN_ROLE.advice()));
        }
      }
    }
  }
}
