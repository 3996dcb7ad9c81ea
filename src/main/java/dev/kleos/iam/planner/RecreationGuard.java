package dev.kleos.iam.planner;

import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.CreateServiceAccount;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Finding.Lost;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import java.util.List;

/// Keeps what an account that was deleted needs to be restored: for 30 days it can be, with
/// everything that it had been granted, but not once another one has its name, and not in a policy
/// whose trace of it is gone. Source: "Undelete a service account" in Google's IAM documentation.
final class RecreationGuard {
  private RecreationGuard() {}

  static void check(ChangeSet changeSet, Safety safety, List<Refusal> refusals) {
    if (!safety.lacks(Consent.RECREATE)) {
      return;
    }
    for (var finding : changeSet.findings()) {
      if (finding instanceof Lost lost && !lost.isBack() && lost.account().isPresent()) {
        changeSet.changes().forEach(change -> check(change, lost, refusals));
      }
    }
  }

  private static void check(Change change, Lost lost, List<Refusal> refusals) {
    switch (change) {
      case CreateServiceAccount(var desired) -> {
        if (desired.resource().principal().equals(lost.principal())) {
          refusals.add(
              refusal(
                  desired.resource(),
                  "would be created anew, though one of its name was deleted, and what that one had"
                      + " been granted would be lost for good",
                  lost));
        }
      }
      case ModifyPolicy(var resource, _, var diff) -> {
        if (diff.removed().stream().anyMatch(grant -> isTrace(grant, lost))) {
          refusals.add(
              refusal(
                  resource,
                  "would drop what "
                      + lost.principal()
                      + " had been granted, though it was deleted and may be restored",
                  lost));
        }
      }
      case Change.UpdateServiceAccount _ -> {}
    }
  }

  private static boolean isTrace(Grant grant, Lost lost) {
    return grant.principal().isTraceOf(lost.principal());
  }

  private static Refusal refusal(Resource resource, String evidence, Lost lost) {
    return new Refusal(
        resource, evidence, lost.advice() + "; or add --allow " + Consent.RECREATE.spelling());
  }
}
