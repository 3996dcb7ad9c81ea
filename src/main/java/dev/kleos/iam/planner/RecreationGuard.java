package dev.kleos.iam.planner;

import static java.util.stream.Collectors.joining;

import dev.kleos.iam.model.Change.CreateServiceAccount;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Finding;
import dev.kleos.iam.model.Resource;
import java.util.List;

/// Refuses to create an account over the trace of one of its name: that one can be restored with
/// everything that it had been granted, for 30 days, and not any more once another has its name.
/// Source: "Undelete a service account" in Google's IAM documentation.
final class RecreationGuard {
  private RecreationGuard() {}

  static void check(ChangeSet changeSet, Safety safety, List<Refusal> refusals) {
    if (!safety.lacks(Consent.RECREATE)) {
      return;
    }
    for (var change : changeSet.changes()) {
      if (change instanceof CreateServiceAccount(var desired)) {
        for (var finding : changeSet.findings()) {
          if (finding instanceof Finding.Lost lost
              && lost.principal().equals(desired.resource().principal())) {
            refusals.add(refusal(desired.resource(), lost));
          }
        }
      }
    }
  }

  private static Refusal refusal(Resource.Account account, Finding.Lost lost) {
    return new Refusal(
        account,
        "would be created anew, though one of its name was deleted, and what that one had been"
            + " granted would be lost for good",
        "to have it back with its grants, up to 30 days after its deletion: "
            + undeletion(account, lost.uniqueIds())
            + "; after that, or if a new one is meant, add --allow "
            + Consent.RECREATE.spelling());
  }

  private static String undeletion(Resource.Account account, List<String> uniqueIds) {
    return uniqueIds.isEmpty()
        ? "undelete it by its unique id"
        : uniqueIds.stream()
            .map(id ->
                "gcloud iam service-accounts undelete " + id + " --project " + account.projectId())
            .collect(joining(", or "));
  }
}
