package dev.kleos.iam.checkup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.checkup.ServiceAnswer.Kind;
import dev.kleos.iam.cloud.Bytes;
import dev.kleos.iam.cloud.Endpoints.Answer;
import dev.kleos.iam.cloud.RunService;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.PlanCompiler;
import dev.kleos.iam.planfile.PlanSource;
import dev.kleos.iam.planfile.Settings;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAnswerTest {
  private static final String URL = "https://kleos-service-abc-uc.a.run.app";
  private static final String NUMBERED = "https://kleos-service-123.us-central1.run.app";
  private static final String OTHER = "https://other.example.com";
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "kleos-invoker");
  private static final String EMAIL = "kleos-invoker@kleos-demo.iam.gserviceaccount.com";
  private static final Remedy LOG =
      Remedy.Shell.of(
          "gcloud",
          "run",
          "services",
          "logs",
          "read",
          "kleos-service",
          "--region",
          "us-central1",
          "--project",
          "kleos-demo");
  private static final CompiledPlan PLAN =
      PlanCompiler.compile(
          List.of(
              PlanSource.of(
                  "kleos-iam.yaml",
                  """
                  version: 1
                  project: kleos-demo
                  region: us-central1
                  serviceAccounts:
                    kleos-invoker: {}
                  services:
                    kleos-service: {invokers: [kleos-invoker]}
                  """)),
          Settings.NONE,
          Instant.parse("2026-12-01T20:00:00Z"));
  private static final String CHALLENGE =
      "Bearer error=\"invalid_token\" error_description=\"The access token could not be verified\"";

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204})
  void anAnswer_isAllThatIsWanted(int status) {
    assertThat(of(own(status), call()))
        .isEqualTo(
            new ServiceAnswer(
                Kind.ANSWERED, "The service answers with " + status + ".", new Remedy.None()));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 429, 500, 502, 503})
  void theProgramsOwnAnswer_gotThrough(int status) {
    var answer = of(own(status), call());

    assertThat(answer)
        .isEqualTo(
            new ServiceAnswer(
                Kind.OWN_ERROR,
                "The call got through, and the service itself answers with " + status + ".",
                new Remedy.None()));
  }

  @Test
  void aRedirection_isNotFollowed_andSaysWhere() {
    var answer = new Answer(302, Map.of("location", "https://login.example.com/"), Bytes.NONE);

    assertThat(of(answer, call()).why())
        .isEqualTo(
            "The service answers with 302 and points to https://login.example.com/, which is not"
                + " followed: the token is for this service alone.");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 401, 403})
  void aServiceBehindIap_isToldApart(int status) {
    var answer =
        new Answer(status, Map.of("x-goog-iap-generated-response", "true"), bytes("Invalid JWT"));

    assertThat(of(answer, call()).kind()).isEqualTo(Kind.BEHIND_PROXY);
  }

  @Test
  void aTokenForAnotherAudience_isToldWithThoseThatAreTaken() {
    assertThat(of(google(401, "Unauthorized"), call(OTHER, deployed(false, false))))
        .isEqualTo(
            new ServiceAnswer(
                Kind.TOKEN_REFUSED,
                "The token is for https://other.example.com, and the service takes only those for "
                    + URL
                    + ", "
                    + NUMBERED
                    + ", kleos.",
                new Remedy.Advice("Leave --audience out, or name one of these.")));
  }

  @ParameterizedTest
  @ValueSource(strings = {URL, URL + "/", NUMBERED, "kleos"})
  void aTokenForTheRightAudience_isOfTheWrongKind(String audience) {
    var answer = of(challenge(""), call(audience, deployed(false, false)));

    assertThat(answer.kind()).isEqualTo(Kind.TOKEN_REFUSED);
    assertThat(answer.why())
        .isEqualTo(
            "Google does not take the token, though it is for the right service: it takes no"
                + " access token, and none that is older than an hour.");
  }

  @Test
  void aTokenForAnAddressAlone_isProbablyForTheWrongOne() {
    var answer = of(google(401, "Unauthorized"), unknown());

    assertThat(answer.why())
        .isEqualTo(
            "Google does not take the token: probably none for https://other.example.com is meant"
                + " for this service.");
  }

  @Test
  void aChallengeInGooglesWords_isGooglesAlsoWithAnotherBody() {
    assertThat(of(challenge("{}"), call()).kind()).isEqualTo(Kind.TOKEN_REFUSED);
  }

  @Test
  void aProgramThatRefusesTheTokenItself_gotTheCall() {
    var answer =
        new Answer(
            401, Map.of("www-authenticate", "Bearer error=\"invalid_token\""), bytes("{\"e\": 1}"));

    assertThat(of(answer, call()).kind()).isEqualTo(Kind.OWN_ERROR);
  }

  @Test
  void anAccountThatMayNotInvoke_isToldWithTheCommandThatLetsIt() {
    assertThat(of(google(403, "Forbidden"), call()))
        .isEqualTo(
            new ServiceAnswer(
                Kind.NOT_ALLOWED,
                EMAIL
                    + " may not call the service: it lacks run.routes.invoke there, or was granted"
                    + " it a moment ago. That usually works within 2 minutes, and can take 7 or"
                    + " more.",
                Remedy.Own.of("grant", EMAIL, "--service", "us-central1/kleos-service")));
  }

  /// Nothing of ours grants beside a plan.
  @Test
  void anAccountThatMayNotInvokeAServiceBesideThePlan_isLetByGcloud() {
    var other = new Resource.Service("kleos-demo", "us-central1", "other");
    var call =
        new ServiceCall(
            Optional.of(other), Optional.empty(), "GET", URI.create(URL + "/"), URL, ACCOUNT);

    assertThat(of(google(403, "Forbidden"), call).remedy())
        .isEqualTo(
            Remedy.Shell.of(
                "gcloud",
                "run",
                "services",
                "add-iam-policy-binding",
                "other",
                "--region",
                "us-central1",
                "--project",
                "kleos-demo",
                "--member",
                "serviceAccount:" + EMAIL,
                "--role",
                "roles/run.invoker",
                "--condition",
                "None"));
  }

  @Test
  void whereTheServiceIsOpen_aDenialIsNotAboutARole() {
    assertThat(of(google(403, "Forbidden"), call(URL, deployed(false, true))).kind())
        .isEqualTo(Kind.NOT_REACHED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true|The service is for callers inside its project's networks, or by its load balancer,"
            + " alone (its ingress is internal), and this is none.",
        "false|Google has nothing to show at kleos-service-abc-uc.a.run.app."
      })
  void whatIsNotThere_isIngressOrAWrongAddress(boolean isInternal, String why) {
    var page = google(404, "Page not found");

    assertThat(of(page, call(URL, deployed(isInternal, false))))
        .returns(Kind.NOT_REACHED, ServiceAnswer::kind)
        .returns(why, ServiceAnswer::why);
    assertThat(of(page, unknown()).kind()).isEqualTo(Kind.NOT_REACHED);
  }

  @Test
  void thePageWithTheRobot_isGoogles() {
    var robot =
        page(404, "<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title><p>404.");

    assertThat(of(robot, call()).kind()).isEqualTo(Kind.NOT_REACHED);
  }

  @Test
  void aBodyThatIsTooLarge_isNoFaultOfTheService() {
    assertThat(of(google(413, "Request Entity Too Large"), call()))
        .isEqualTo(
            new ServiceAnswer(
                Kind.NOT_REACHED,
                "Google takes no request of that size: 32 MiB is the most, and nothing of it got"
                    + " through.",
                new Remedy.Advice("Send less at once.")));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500})
  void whereNoInstanceTookTheCall_theLogIsTheNextThing(int status) {
    var answer =
        status == 429
            ? new Answer(429, Map.of("content-type", "text/html"), bytes("Rate exceeded."))
            : google(status, "Server Error");

    assertThat(of(answer, call()))
        .isEqualTo(
            new ServiceAnswer(
                Kind.NO_INSTANCE,
                "No instance of the service took the call, Google answers with "
                    + status
                    + ": it does not start, or as many as may run are busy.",
                LOG));
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504})
  void whereAnInstanceMayHaveTakenTheCall_thatIsSaid(int status) {
    var why =
        "No answer of the service came through, Google answers with "
            + status
            + ": its instance failed, or took too long.";
    var page = google(status, "Server Error");

    assertThat(of(page, call())).isEqualTo(new ServiceAnswer(Kind.BROKEN_OFF, why, LOG));
    assertThat(of(page, call("POST", URL, deployed(false, false))).why())
        .isEqualTo(why + " What was asked for may have been done.");
  }

  @Test
  void aRequestThatGoogleDoesNotTake_isNoFaultOfAnInstance() {
    assertThat(of(google(400, "Bad Request"), call()))
        .isEqualTo(
            new ServiceAnswer(
                Kind.NOT_REACHED,
                "Google itself answers with 400, and nothing of the request got through to the"
                    + " service.",
                new Remedy.Advice("Check the path, the method and the headers of the request.")));
  }

  private static ServiceAnswer of(Answer answer, ServiceCall call) {
    return ServiceAnswer.of(answer, call, PLAN);
  }

  private static ServiceCall call() {
    return call(URL, deployed(false, false));
  }

  private static ServiceCall call(String audience, RunService deployed) {
    return call("GET", audience, deployed);
  }

  private static ServiceCall call(String method, String audience, RunService deployed) {
    return new ServiceCall(
        Optional.of(SERVICE),
        Optional.of(deployed),
        method,
        URI.create(URL + "/"),
        audience,
        ACCOUNT);
  }

  /// A call of an address that nobody asked Google about.
  private static ServiceCall unknown() {
    return new ServiceCall(
        Optional.empty(), Optional.empty(), "GET", URI.create(OTHER + "/"), OTHER, ACCOUNT);
  }

  private static RunService deployed(boolean isInternal, boolean isOpen) {
    return new RunService(URL, List.of(NUMBERED, URL), List.of("kleos"), isInternal, isOpen);
  }

  private static Answer own(int status) {
    return new Answer(status, Map.of("content-type", "application/json"), bytes("{\"a\": 1}"));
  }

  private static Answer challenge(String body) {
    return new Answer(401, Map.of("www-authenticate", CHALLENGE), bytes(body));
  }

  private static Answer google(int status, String title) {
    return page(
        status,
        "\n<html><head>\n<meta http-equiv=\"content-type\" content=\"text/html;charset=utf-8\">\n"
            + "<title>"
            + status
            + " "
            + title
            + "</title>\n</head>\n<body text=#000000 bgcolor=#ffffff>\n<h1>Error: "
            + title
            + "</h1>\n<h2>…</h2>\n</body></html>\n");
  }

  private static Answer page(int status, String html) {
    return new Answer(status, Map.of("content-type", "text/html; charset=UTF-8"), bytes(html));
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(UTF_8));
  }
}
