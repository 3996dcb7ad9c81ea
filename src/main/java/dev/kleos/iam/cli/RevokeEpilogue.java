package dev.kleos.iam.cli;

import dev.kleos.iam.report.RemainderReport;
import dev.kleos.iam.workflow.AccessChange;
import dev.kleos.iam.workflow.RevokeAccess;
import java.util.Collection;

/// What `revoke` says at its end: how long tokens live on, and what access is left.
record RevokeEpilogue(Session session, Collection<String> principals) {
  void print(RevokeAccess.Result result) {
    switch (result.change()) {
      case AccessChange.Done done -> {
        if (!done.applied().isEmpty()) {
          session.out().line("Tokens that were issued before stay valid for up to 1 hour.");
        }
        left(result);
      }
      case AccessChange.Nothing _ -> left(result);
      case AccessChange.Invalid _,
          AccessChange.Unreadable _,
          AccessChange.Refused _,
          AccessChange.NotConfirmed _,
          AccessChange.NotSaved _,
          AccessChange.Overtaken _ -> {}
    }
  }

  private void left(RevokeAccess.Result result) {
    new RemainderReport(session.out())
        .print(String.join(", ", principals), result.remainder(), result.unseen());
  }
}
