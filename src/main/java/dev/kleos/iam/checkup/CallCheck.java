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
  private final Mending mending;

  CallCheck(Checkup checkup, Mending mending) {
    this.cloud = checkup.cloud();
    this.road = checkup.road();
    this.clock = checkup.clock();
    this.timeout = checkup.timeout();
    this.mending = mending;
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

  /// What came of the call.
  ///
  /// @param isLetThrough whether the service itself was reached
  record Answered(Step step, boolean isLetThrough) {
    /// There was no way through.
    static Answered not(Step step) {
      return new Answered(step, false);
    }
  }

  /// Makes an ID token.
  ///
  /// @param isPermitted whether Google said a moment ago that the caller may: one of its places can
  ///   know what another does not yet
  Minted mint(Resource.Account account, CalledService called, boolean isPermitted) {
    var audience = audience(called);
    try {
      var token = cloud.tokens().idToken(account, List.of(), audience);
      return new Minted.Made(Step.fine(Stage.ID_TOKEN, "made for " + audience), token);
    } catch (CloudException e) {
      var refused = Refusals.step(Stage.ID_TOKEN, e, account.projectId());
      var here = refused.stage() == Stage.APIS ? refused.at(Stage.ID_TOKEN) : refused;
      return new Minted.Refused(isPermitted && Refusals.isForbidden(e) ? here.passing() : here);
    }
  }

  /// Whether there is certainly no such account, which Google tells whoever asks for a token of it
  /// (**recorded**), also people who may see no accounts.
  boolean isNowhere(Resource.Account account) {
    try {
      var _ = cloud.tokens().idToken(account, List.of(), "https://" + account.email());
      return false;
    } catch (CloudException.NotFound e) {
      return true;
    } catch (CloudException e) {
      return false;
    }
  }

  /// Calls the service, and says what its answer means.
  ///
  /// @param mayInvoke whether the account was seen to have what it takes
  Answered call(Resource.Account account, CalledService called, Token token, Step.State mayInvoke) {
    var url = ServiceAddress.join(called.url(), "");
    try {
      var begin = clock.instant();
      var answer = cloud.endpoints().call(new Endpoints.Request("GET", url, token, null, timeout));
      var took = Duration.between(begin, clock.instant()).toMillis();
      var call =
          new ServiceCall(
              called.resource(), called.deployed(), "GET", url, audience(called), account);
      var meaning = ServiceAnswer.of(answer, call, mending);
      return new Answered(step(answer, meaning, took, mayInvoke), meaning.kind().isOfProgram());
    } catch (CloudException e) {
      return Answered.not(Step.broken(Stage.ANSWER, Refusals.brief(e), Refusals.advice(e)));
    }
  }

  private String audience(CalledService called) {
    var asked = road.audience();
    return asked == null ? called.audience() : asked;
  }

  /// A program that does not like the request was reached all the same; one that fails was, too,
  /// but nobody is served.
  private Step step(
      Endpoints.Answer answer, ServiceAnswer meaning, long millis, Step.State mayInvoke) {
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
          switch (mayInvoke) {
            case FINE ->
                Step.broken(
                        Stage.ANSWER,
                        "403, though the account may invoke it: that "
                            + GrantWords.LATE
                            + ", or something denies it",
                        road.waiting())
                    .passing();
            case BROKEN -> Step.unknown(Stage.ANSWER, answer.status() + ", for want of that role");
            case UNKNOWN ->
                Step.broken(Stage.ANSWER, Refusals.brief(meaning.why()), meaning.remedy())
                    .passing();
          };
      case TOKEN_REFUSED, NOT_REACHED, BEHIND_PROXY, NO_INSTANCE, BROKEN_OFF ->
          Step.broken(Stage.ANSWER, Refusals.brief(meaning.why()), meaning.remedy());
    };
  }
}
