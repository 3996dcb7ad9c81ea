package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.cloud.RunService;
import dev.kleos.iam.cloud.Token;
import dev.kleos.iam.model.Resource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The call itself: a token is made, and the service is called with it.
final class CallCheck {
  private final Cloud cloud;
  private final Road road;
  private final Duration timeout;

  CallCheck(Cloud cloud, Road road, Duration timeout) {
    this.cloud = cloud;
    this.road = road;
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
  Minted mint(Resource.Account account, String audience) {
    try {
      var token = cloud.tokens().idToken(account, List.of(), audience);
      return new Minted.Made(Step.fine(Stage.ID_TOKEN, "made for " + audience), token);
    } catch (CloudException e) {
      return new Minted.Refused(
          Refusals.elsewhere(e, account.projectId())
              .orElseGet(() ->
                  Step.broken(
                      Stage.ID_TOKEN,
                      e.failure().message(),
                      new Remedy.Advice(e.failure().advice()))));
    }
  }

  /// Calls the service, and says what its answer means.
  ///
  /// @param audience what the token is for
  Step call(
      Resource.Service service,
      RunService deployed,
      Resource.Account account,
      String audience,
      Token token) {
    var url = URI.create(deployed.url());
    try {
      var begin = System.nanoTime();
      var request = new Endpoints.Request("GET", url, token, null, timeout);
      var answer = cloud.endpoints().call(request);
      var took = Duration.ofNanos(System.nanoTime() - begin).toMillis();
      var call =
          new ServiceCall(Optional.of(service), Optional.of(deployed), url, audience, account);
      return step(answer, ServiceAnswer.of(answer, call), took);
    } catch (CloudException e) {
      return Step.broken(
          Stage.ANSWER, e.failure().message(), new Remedy.Advice(e.failure().advice()));
    }
  }

  /// A program that does not like the request was reached all the same; one that fails was, too,
  /// but nobody is served.
  private Step step(Endpoints.Answer answer, ServiceAnswer meaning, long millis) {
    return switch (meaning.kind()) {
      case ANSWERED, REDIRECTED ->
          Step.fine(Stage.ANSWER, answer.status() + " in " + millis + " ms");
      case OWN_ERROR ->
          answer.status() < 500
              ? Step.fine(
                  Stage.ANSWER, answer.status() + " in " + millis + " ms, by the service's program")
              : Step.broken(Stage.ANSWER, meaning.why(), meaning.remedy());
      case NOT_ALLOWED -> Step.broken(Stage.ANSWER, meaning.why(), road.waiting()).passing();
      case TOKEN_REFUSED, NOT_REACHED, BEHIND_PROXY, NO_INSTANCE ->
          Step.broken(Stage.ANSWER, meaning.why(), meaning.remedy());
    };
  }
}
