package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.Endpoints.Answer;
import dev.kleos.iam.cloud.RunService;
import dev.kleos.iam.planfile.CompiledPlan;
import java.util.LinkedHashSet;
import java.util.Optional;

/// What an answer of a service means: whether the call got through to its program, why not, and
/// what to do. Source: "Troubleshoot Cloud Run" in Google's documentation, and answers that were
/// quoted in public threads.
///
/// @param why a sentence
public record ServiceAnswer(Kind kind, String why, Remedy remedy) {
  private static final Remedy NONE = new Remedy.None();

  /// How far a call came.
  public enum Kind {
    /// The service answers, and all is well.
    ANSWERED,
    /// The service points elsewhere.
    REDIRECTED,
    /// The call got through; the service's own program refuses it, or fails.
    OWN_ERROR,
    /// The token is not taken: 401.
    TOKEN_REFUSED,
    /// The token is taken, and its account may not call the service: 403.
    NOT_ALLOWED,
    /// Nothing is there for a caller from here, or for such a request: 404, 413, or 403 of another
    /// kind.
    NOT_REACHED,
    /// Identity-Aware Proxy stands before the service.
    BEHIND_PROXY,
    /// No instance took the call.
    NO_INSTANCE,
    /// An instance may have taken the call, and gave no answer.
    BROKEN_OFF;

    /// Whether the service's own program answered.
    boolean isOfProgram() {
      return switch (this) {
        case ANSWERED, REDIRECTED, OWN_ERROR -> true;
        case TOKEN_REFUSED, NOT_ALLOWED, NOT_REACHED, BEHIND_PROXY, NO_INSTANCE, BROKEN_OFF ->
            false;
      };
    }
  }

  /// What an answer means, where a plan may say who may call.
  public static ServiceAnswer of(Answer answer, ServiceCall call, CompiledPlan plan) {
    return of(answer, call, new Mending(plan));
  }

  /// The same, with what gives people what they lack.
  static ServiceAnswer of(Answer answer, ServiceCall call, Mending mending) {
    if (GooglePage.isOfProxy(answer)) {
      return behindProxy();
    }
    if (answer.status() < 300) {
      return new ServiceAnswer(
          Kind.ANSWERED, "The service answers with " + answer.status() + ".", NONE);
    }
    if (answer.status() < 400) {
      return redirected(answer);
    }
    if (!GooglePage.is(answer)) {
      return new ServiceAnswer(
          Kind.OWN_ERROR,
          "The call got through, and the service itself answers with " + answer.status() + ".",
          NONE);
    }
    return switch (answer.status()) {
      case 401 -> tokenRefused(call);
      case 403 -> notAllowed(call, mending);
      case 404 -> notReached(call);
      case 413 -> tooLarge();
      case 429, 500 -> noInstance(answer, call);
      default -> answer.status() < 500 ? notTaken(answer) : brokenOff(answer, call);
    };
  }

  private static ServiceAnswer behindProxy() {
    return new ServiceAnswer(
        Kind.BEHIND_PROXY,
        "Identity-Aware Proxy stands before the service, and does not take this token.",
        new Remedy.Advice(
            "It takes tokens for its own client, of accounts that it lets in: name that client with"
                + " --audience, and give the account roles/iap.httpsResourceAccessor."));
  }

  private static ServiceAnswer redirected(Answer answer) {
    var target = answer.header("location").map(to -> " to " + to).orElse("");
    return new ServiceAnswer(
        Kind.REDIRECTED,
        "The service answers with "
            + answer.status()
            + " and points"
            + (target.isEmpty() ? " nowhere" : target)
            + ", which is not followed: the token is for this service alone.",
        NONE);
  }

  private static ServiceAnswer tokenRefused(ServiceCall call) {
    var accepted = call.deployed().map(ServiceAnswer::audiences).orElse("");
    if (accepted.isEmpty()) {
      return new ServiceAnswer(
          Kind.TOKEN_REFUSED,
          "Google does not take the token: probably none for "
              + call.audience()
              + " is meant for this service.",
          new Remedy.Advice(
              "Name the service as REGION/NAME, or with --audience an address that it has in"
                  + " Google, which ends in .run.app."));
    }
    if (call.deployed().filter(service -> service.accepts(call.audience())).isEmpty()) {
      return new ServiceAnswer(
          Kind.TOKEN_REFUSED,
          "The token is for "
              + call.audience()
              + ", and the service takes only those for "
              + accepted
              + ".",
          new Remedy.Advice("Leave --audience out, or name one of these."));
    }
    return new ServiceAnswer(
        Kind.TOKEN_REFUSED,
        "Google does not take the token, though it is for the right service: it takes no access"
            + " token, and none that is older than an hour.",
        new Remedy.Advice("Call it with a new ID token of the account."));
  }

  private static ServiceAnswer notAllowed(ServiceCall call, Mending mending) {
    if (call.deployed().filter(RunService::isOpen).isPresent()) {
      return new ServiceAnswer(
          Kind.NOT_REACHED,
          "Google does not let the call through, though the service asks nobody for a role: a perimeter"
              + " or the organization forbids it.",
          new Remedy.Advice("Ask whoever runs the organization's policies."));
    }
    var who = call.account().email();
    return new ServiceAnswer(
        Kind.NOT_ALLOWED,
        who
            + " may not call the service: it lacks run.routes.invoke there, or was granted it a"
            + " moment ago. That usually works within 2 minutes, and can take 7 or more.",
        call.service()
            .map(service -> mending.invoke(service, call.account().principal()))
            .orElseGet(() ->
                new Remedy.Advice("An admin runs: kleos-iam grant " + who + " --service NAME")));
  }

  private static ServiceAnswer notReached(ServiceCall call) {
    var isInternal = call.deployed().map(RunService::isInternal);
    if (isInternal.isEmpty()) {
      return new ServiceAnswer(
          Kind.NOT_REACHED,
          "Google has nothing to show there: the address is wrong, or the service is for callers"
              + " inside its networks alone.",
          new Remedy.Advice(
              "Check the address; its owner sees it, and its ingress, in Cloud Run."));
    }
    return isInternal.get()
        ? new ServiceAnswer(
            Kind.NOT_REACHED,
            "The service is for callers inside its project's networks, or by its load balancer,"
                + " alone (its ingress is internal), and this is none.",
            new Remedy.Advice("Call it from inside, or have its owner open its ingress."))
        : new ServiceAnswer(
            Kind.NOT_REACHED,
            "Google has nothing to show at " + call.url().getAuthority() + ".",
            new Remedy.Advice(
                "A new service takes a moment to be there; else its address is switched off."));
  }

  private static ServiceAnswer tooLarge() {
    return new ServiceAnswer(
        Kind.NOT_REACHED,
        "Google takes no request of that size: 32 MiB is the most, and nothing of it got through.",
        new Remedy.Advice("Send less at once."));
  }

  private static ServiceAnswer notTaken(Answer answer) {
    return new ServiceAnswer(
        Kind.NOT_REACHED,
        "Google itself answers with "
            + answer.status()
            + ", and nothing of the request got through to the service.",
        new Remedy.Advice("Check the path, the method and the headers of the request."));
  }

  /// **Documented** of 429 and 500.
  private static ServiceAnswer noInstance(Answer answer, ServiceCall call) {
    return new ServiceAnswer(
        Kind.NO_INSTANCE,
        "No instance of the service took the call, Google answers with "
            + answer.status()
            + ": it does not start, or as many as may run are busy.",
        log(call));
  }

  /// **Documented**: 504 is a request that took longer than the service allows, 502 and 503 an
  /// instance that failed or was not to be had.
  private static ServiceAnswer brokenOff(Answer answer, ServiceCall call) {
    var isHarmless = call.method().equals("GET") || call.method().equals("HEAD");
    return new ServiceAnswer(
        Kind.BROKEN_OFF,
        "No answer of the service came through, Google answers with "
            + answer.status()
            + ": its instance failed, or took too long."
            + (isHarmless ? "" : " What was asked for may have been done."),
        log(call));
  }

  private static Remedy log(ServiceCall call) {
    return call.service()
        .map(service -> Mending.ofService(service, "logs read"))
        .orElseGet(() -> new Remedy.Advice("The service's log says more."));
  }

  /// Every audience that the service takes; empty where it names none.
  private static String audiences(RunService service) {
    var audiences = new LinkedHashSet<String>();
    Optional.of(service.url()).filter(url -> !url.isEmpty()).ifPresent(audiences::add);
    audiences.addAll(service.urls());
    audiences.addAll(service.customAudiences());
    return String.join(", ", audiences);
  }
}
