package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.cloud.Token;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.workflow.CalledService;
import dev.kleos.iam.workflow.ServiceAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The call itself: a token is made, and the service is called with it.
final class CallCheck {
  private final Cloud cloud;
  private final Road road;
  private final InstantSource clock;
  private final Duration timeout;

  CallCheck(Cloud cloud, Road road, InstantSource clock, Duration timeout) {
    this.cloud = cloud;
    this.road = road;
    this.clock = clock;
    this.timeout = timeout;
  }

  /// What came of making a token.
  sealed interface Minted {
    /// How it stands.
    Step step();

    /// There is one.
    record Made(Step step, Token token) implements Minted {}

    /// There is none.
    record Refused(Step step) implements Minted {}
  }

  /// Makes an ID token.
  Minted mint(Resource.Account account, CalledService called) {
    var audience = audience(called);
    try {
      var token = cloud.tokens().idToken(account, List.of(), audience);
      return new Minted.Made(Step.fine(Stage.ID_TOKEN, "made for " + audience), token);
    } catch (CloudException e) {
      return new Minted.Refused(Refusals.step(Stage.ID_TOKEN, e, account.projectId()));
    }
  }

  /// Calls the service, and says what its answer means.
  ///
  /// @param isGranted whether the account was seen to have what it takes
  Step call(Resource.Account account, CalledService called, Token token, boolean isGranted) {
    var url = ServiceAddress.join(called.url(), "");
    try {
      var begin = clock.instant();
      var answer = cloud.endpoints().call(new Endpoints.Request("GET", url, token, null, timeout));
      var took = Duration.between(begin, clock.instant()).toMillis();
      var call =
          new ServiceCall(called.resource(), called.deployed(), url, audience(called), account);
      return step(answer, ServiceAnswer.of(answer, call), took, isGranted);
    } catch (CloudException e) {
      return Step.broken(Stage.ANSWER, Refusals.brief(e), Refusals.advice(e));
    }
  }

  private String audience(CalledService called) {
    var asked = road.audience();
    return asked == null ? called.audience() : asked;
  }

  /// A program that does not like the request was reached all the same; one that fails was, too,
  /// but nobody is served.
  private Step step(
      Endpoints.Answer answer, ServiceAnswer meaning, long millis, boolean isGranted) {
    return switch (meaning.kind()) {
      case ANSWERED, REDIRECTED ->
          Step.fine(Stage.ANSWER, answer.status() + " in " + millis + " ms");
      case OWN_ERROR ->
          answer.status() < 500
              ? Step.fine(
                  Stage.ANSWER, answer.status() + " in " + millis + " ms, by the service's program")
              : Step.broken(
                  Stage.ANSWER,
                  Refusals.brief(meaning.why()),
                  new Remedy.Advice("Its program fails; the service's log says why."));
      case NOT_ALLOWED ->
          isGranted
              ? Step.broken(
                      Stage.ANSWER,
                      "403, though the account may invoke it: that has not spread yet (2 minutes"
                          + " usually, 7 or more at times), or something denies it",
                      road.waiting())
                  .passing()
              : Step.broken(Stage.ANSWER, Refusals.brief(meaning.why()), meaning.remedy())
                  .passing();
      case TOKEN_REFUSED, NOT_REACHED, BEHIND_PROXY, NO_INSTANCE ->
          Step.broken(Stage.ANSWER, Refusals.brief(meaning.why()), meaning.remedy());
    };
  }
}
