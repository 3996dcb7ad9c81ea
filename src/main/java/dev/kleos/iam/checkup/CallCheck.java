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

/// The call itself: a token is made, and the service is called with it.
final class CallCheck {
  private final Cloud cloud;
  private final Duration timeout;

  CallCheck(Cloud cloud, Duration timeout) {
    this.cloud = cloud;
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
  Step call(Resource.Service service, RunService deployed, Resource.Account account, Token token) {
    try {
      var begin = System.nanoTime();
      var answer =
          cloud
              .endpoints()
              .call(new Endpoints.Request("GET", URI.create(deployed.url()), token, null, timeout));
      var took = Duration.ofNanos(System.nanoTime() - begin).toMillis();
      return answer.status() < 400
          ? Step.fine(Stage.ANSWER, answer.status() + " in " + took + " ms")
          : Step.broken(Stage.ANSWER, service.name() + account.email(), new Remedy.None());
    } catch (CloudException e) {
      return Step.broken(
          Stage.ANSWER, e.failure().message(), new Remedy.Advice(e.failure().advice()));
    }
  }
}
