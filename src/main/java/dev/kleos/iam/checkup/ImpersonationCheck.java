package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Permissions;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import java.util.Optional;
import java.util.Set;

/// Whether somebody may act as the account: for oneself by asking Google, for others read off the
/// policies.
final class ImpersonationCheck {
  static final String ID_TOKEN = "iam.serviceAccounts.getOpenIdToken";
  static final String ACCESS_TOKEN = "iam.serviceAccounts.getAccessToken";

  /// Where nobody can see what was granted.
  private static final String OR_LATE = ", or what was granted " + GrantWords.LATE;

  private final Permissions permissions;
  private final Policies policies;
  private final Mending mending;
  private final Road road;

  ImpersonationCheck(Permissions permissions, Policies policies, Mending mending, Road road) {
    this.permissions = permissions;
    this.policies = policies;
    this.mending = mending;
    this.road = road;
  }

  /// Of the caller, whom the policies may not tell of.
  ///
  /// @param who empty where the credential does not say who that is
  Step ofCaller(Resource.Account account, Optional<Principal> who) throws InterruptedException {
    try {
      var held = permissions.held(account, Set.of(ID_TOKEN, ACCESS_TOKEN));
      return held.contains(ID_TOKEN)
          ? Step.fine(
              Stage.MAY_IMPERSONATE,
              through(account, who)
                  + (held.contains(ACCESS_TOKEN)
                      ? ""
                      : "; for ID tokens alone, so not through gcloud, which asks for both"))
          : refused(account, who);
    } catch (CloudException e) {
      return Refusals.isForbidden(e) || e instanceof CloudException.NotFound
          ? refused(account, who)
          : Refusals.step(Stage.MAY_IMPERSONATE, e, account.projectId());
    }
  }

  /// Of somebody else.
  Step ofOther(Resource.Account account, Principal who) throws InterruptedException {
    return switch (policies.reach(who, ID_TOKEN, account)) {
      case Reach.Granted granted -> Step.fine(Stage.MAY_IMPERSONATE, GrantWords.of(granted));
      case Reach.Perhaps perhaps -> Step.unknown(Stage.MAY_IMPERSONATE, GrantWords.of(perhaps));
      case Reach.Unseen unseen -> Step.unknown(Stage.MAY_IMPERSONATE, GrantWords.of(unseen));
      case Reach.Unmet unmet -> unmet(account, who, unmet);
      case Reach.Missing _ -> missing(account, who);
    };
  }

  private String through(Resource.Account account, Optional<Principal> who)
      throws InterruptedException {
    if (who.isEmpty()) {
      return "yes";
    }
    return switch (policies.reach(who.get(), ID_TOKEN, account)) {
      case Reach.Granted granted -> GrantWords.of(granted);
      case Reach.Perhaps(var grant, var on) when grant.condition() == null ->
          "by " + GrantWords.of(grant, on);
      case Reach.Perhaps perhaps -> GrantWords.of(perhaps);
      case Reach.Unmet _, Reach.Missing _, Reach.Unseen _ -> "by a grant that you may not see";
    };
  }

  /// Google says no; the policies may say why.
  private Step refused(Resource.Account account, Optional<Principal> who)
      throws InterruptedException {
    if (who.isEmpty()) {
      return Step.broken(
              Stage.MAY_IMPERSONATE,
              "you may not (" + Lack.of(ID_TOKEN) + ")" + OR_LATE,
              new Remedy.Advice(
                  "Ask an admin to run: kleos-iam grant YOUR-ADDRESS --account " + account.email()))
          .passing();
    }
    return switch (policies.reach(who.get(), ID_TOKEN, account)) {
      case Reach.Granted granted ->
          Step.broken(
                  Stage.MAY_IMPERSONATE,
                  GrantWords.of(granted)
                      + ", but it "
                      + GrantWords.LATE
                      + ", or something denies it",
                  road.waiting())
              .passing();
      case Reach.Unmet unmet -> unmet(account, who.get(), unmet);
      case Reach.Unseen(_, Reach.Unmet unmet) -> unmet(account, who.get(), unmet);
      case Reach.Unseen _ ->
          Step.broken(
                  Stage.MAY_IMPERSONATE,
                  who.get() + " may not (" + Lack.of(ID_TOKEN) + ")" + OR_LATE,
                  mending.actAs(account, who.get()))
              .passing();
      case Reach.Perhaps perhaps ->
          Step.broken(
                  Stage.MAY_IMPERSONATE,
                  GrantWords.of(perhaps)
                      + ", and Google says no: it does not reach "
                      + who.get()
                      + ", or has not spread yet",
                  mending.actAs(account, who.get()))
              .passing();
      case Reach.Missing _ -> missing(account, who.get());
    };
  }

  private Step unmet(Resource.Account account, Principal who, Reach.Unmet unmet) {
    return Step.broken(
        Stage.MAY_IMPERSONATE, GrantWords.of(unmet), mending.actAs(account, who, Mending.AGAIN));
  }

  private Step missing(Resource.Account account, Principal who) {
    return Step.broken(
        Stage.MAY_IMPERSONATE,
        "no role on the account or its project lets " + who + " (" + Lack.of(ID_TOKEN) + ")",
        mending.actAs(account, who));
  }
}
