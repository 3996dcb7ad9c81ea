package dev.kleos.iam.checkup;

import dev.kleos.iam.checkup.Ahead.Awaited;

/// What a walk asks for at its beginning.
///
/// @param impersonation whether whoever it is about may act as the account
record Sight(
    Awaited<Step> project,
    Awaited<Step> listed,
    Awaited<AccountCheck.Found> account,
    Awaited<ServiceCheck.Found> service,
    Awaited<Step> impersonation) {

  /// Whether the APIs are enabled: as Service Usage has it; where that may not be asked, as the
  /// other calls came out.
  Step apis() throws InterruptedException {
    var seen = listed.get();
    if (seen.state() != Step.State.UNKNOWN) {
      return seen;
    }
    for (var step : new Step[] {account.get().step(), service.get().step(), impersonation.get()}) {
      if (step.stage() == Stage.APIS && step.isBroken()) {
        return step;
      }
    }
    return seen;
  }
}
