package dev.kleos.iam.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.cloud.Token;
import dev.kleos.iam.emulator.Fault;
import dev.kleos.iam.emulator.FaultKind;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.model.Resource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The way to Google as it is in production, file, token, proxy, TLS, gRPC; and all that can stand
/// in it, with what is said of it.
class WayToGoogleTest {
  private static final String AGAIN =
      " Run the same command again; it goes on where this one stopped.";
  private static final String WRITE_LOGIN =
      "Write them into https_proxy, as in http://USER:PASSWORD@HOST:PORT; special characters"
          + " percent-encoded.";

  private static final String ROBOT = "robot@kleos-demo.iam.gserviceaccount.com";

  private final GoogleOnLoopback google;

  @TempDir private Path folder = Path.of("");

  WayToGoogleTest(@TempDir Path home) {
    google = GoogleOnLoopback.start(World.demo(), home);
  }

  @BeforeEach
  void logIn() {
    google.own("alice@example.com");
    google.logIn("alice@example.com");
  }

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void aCall_isMadeAsWhomTheFileIsFor_throughTheProxyAlone() {
    try (var cloud = GoogleCloud.withDefaultCredentials(google.env(), false)) {
      assertThat(cloud.policies().read(House.SERVICE).exists()).isTrue();
      assertThat(cloud.catalog().projectNumber(new Resource.Project("kleos-demo"))).isNotEmpty();
    }

    assertThat(google.connected())
        .containsOnly(
            "oauth2.googleapis.com:443",
            "run.googleapis.com:443",
            "cloudresourcemanager.googleapis.com:443");
    assertThat(google.emulator().calls().all())
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.toString()).contains("alice@example.com"));
  }

  @Test
  void aConnectionThatIsLost_isToldOf_andNothingIsSentAgainByTheLibraries() {
    google.emulator().faults().add(Fault.of("SetIamPolicy", new FaultKind.ConnectionCut()));
    try (var cloud = GoogleCloud.withDefaultCredentials(google.env(), false)) {
      var live = cloud.policies().read(House.SERVICE);

      assertThatExceptionOfType(CloudException.Transient.class)
          .isThrownBy(() -> cloud.policies().compareAndSet(House.SERVICE, live));
    }

    assertThat(google.emulator().calls().count("SetIamPolicy")).isOne();
  }

  @Test
  void aProxyThatWantsALogin_getsIt_ofEveryKindOfCall() {
    google.demandLogin("us@er", "p@ss/w%rd");
    var env = google.env("https_proxy", "http://us%40er:p%40ss%2Fw%25rd@" + google.proxy());

    try (var cloud = GoogleCloud.withDefaultCredentials(env, false)) {
      assertThat(cloud.policies().read(House.SERVICE).exists()).isTrue();
      assertThat(call(cloud, "https://oauth2.googleapis.com/nothing").status()).isEqualTo(404);
    }
  }

  @Test
  void aProxyThatWantsALogin_andGetsNone_isSaid() {
    google.demandLogin("user", "canary");

    var failed = read(google.env());

    assertThat(failed).isInstanceOf(CloudException.Unavailable.class);
    assertThat(failed)
        .hasMessage("The proxy " + google.proxy() + " (https_proxy) wants a user and a password.");
    assertThat(failed.failure().advice()).isEqualTo(WRITE_LOGIN);
  }

  @Test
  void aProxyThatDoesNotTakeTheLogin_isSaid_withoutIt() {
    google.demandLogin("user", "canary");
    var env = google.env("https_proxy", "http://user:canary-wrong@" + google.proxy());

    var failed = read(env);

    assertThat(failed).isInstanceOf(CloudException.Unavailable.class);
    assertThat(failed)
        .hasMessage(
            "The proxy "
                + google.proxy()
                + " (https_proxy) does not accept the user and the password that it is named with.");
    assertThat(failed.failure().advice()).isEqualTo(WRITE_LOGIN);
  }

  @Test
  void aProxyThatWantsALogin_isNoAnswerOfAService() {
    google.demandLogin("user", "canary");
    var wrong = google.env("https_proxy", "http://user:canary-wrong@" + google.proxy());

    assertThat(calling(google.env()))
        .hasMessage("The proxy " + google.proxy() + " (https_proxy) wants a user and a password.");
    assertThat(calling(wrong))
        .hasMessageEndingWith(" does not accept the user and the password that it is named with.");
  }

  @Test
  void aProxyThatLetsNothingThrough_isSaid() {
    google.takeAway("oauth2.googleapis.com");

    assertThat(read(google.env()))
        .isInstanceOf(CloudException.Transient.class)
        .hasMessage(
            "The proxy "
                + google.proxy()
                + " (https_proxy) lets nothing through to Google: it answered 502.");
  }

  @Test
  void aProxyThatDoesNotAnswer_isNamed() {
    var failed = read(google.env("https_proxy", "http://127.0.0.1:1"));

    assertThat(failed)
        .isInstanceOf(CloudException.Transient.class)
        .hasMessage("The proxy 127.0.0.1:1 (https_proxy) does not answer.");
    assertThat(failed.failure().advice())
        .isEqualTo("Check the network, and the address in https_proxy." + AGAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"oauth2.googleapis.com", "run.googleapis.com"})
  void aProxyThatClosesInsteadOfAnAnswer_isNamed(String host) {
    google.answerOfProxy(host, "");

    var failed = read(google.env());

    assertThat(failed)
        .isInstanceOf(CloudException.Transient.class)
        .hasMessage(
            "The connection through the proxy " + google.proxy() + " (https_proxy) broke off.");
    assertThat(failed.failure().advice())
        .isEqualTo(
            "Check that it answers, and lets *.googleapis.com through; or, if Google can be reached"
                + " without it, name that in no_proxy."
                + AGAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"oauth2.googleapis.com", "run.googleapis.com"})
  void aProxyThatRefusesANameOfGoogles_isNamed_inNoWordsOfItsOwn(String host) {
    google.answerOfProxy(host, "HTTP/1.1 403 canary\r\nContent-Length: 0\r\n\r\n");

    assertThat(read(google.env()))
        .isInstanceOf(CloudException.Unavailable.class)
        .hasMessage(
            "The proxy "
                + google.proxy()
                + " (https_proxy) lets nothing through to Google: it answered 403.");
  }

  /// It is not the service that broke off.
  @Test
  void aProxyThatRefusesAService_isNamed() {
    google.answerOfProxy(
        "oauth2.googleapis.com", "HTTP/1.1 403 canary\r\nContent-Length: 0\r\n\r\n");

    var failed = calling(google.env());

    assertThat(failed)
        .hasMessage(
            "The proxy "
                + google.proxy()
                + " (https_proxy) lets nothing through to oauth2.googleapis.com: it answered 403.");
    assertThat(failed.failure().advice())
        .isEqualTo(
            "Ask whoever runs it to let oauth2.googleapis.com through; or, if oauth2.googleapis.com"
                + " can be reached without it, name that in no_proxy.");
  }

  @Test
  void aProxyThatIsAway_orHasNoName_isNoServiceThatCannotBeReached() {
    assertThat(calling(google.env("https_proxy", "http://127.0.0.1:1")))
        .hasMessage("The proxy 127.0.0.1:1 (https_proxy) does not answer.");
    assertThat(calling(google.env("https_proxy", "http://proxy.invalid:80")))
        .hasMessage("The proxy's name cannot be looked up: proxy.invalid:80 (https_proxy).");
  }

  @Test
  void aProxyWhoseNameNobodyKnows_isNamed() {
    assertThat(read(google.env("https_proxy", "http://proxy.invalid:80")))
        .isInstanceOf(CloudException.Transient.class)
        .hasMessage("The proxy's name cannot be looked up: proxy.invalid:80 (https_proxy).");
  }

  @Test
  void anAuthorityThatNobodyTrusts_isSaid_andWhichVariableNamesIt() {
    var failed = read(google.without("SSL_CERT_FILE"));

    assertThat(failed)
        .isInstanceOf(CloudException.Unavailable.class)
        .hasMessage(
            "Whoever answers in Google's name has a certificate that this machine does not trust"
                + " (PKIX path building failed); nothing was sent.");
    assertThat(failed.failure().advice())
        .isEqualTo(
            "Where a proxy opens TLS, name the file of its authority's certificate in"
                + " CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE or SSL_CERT_FILE.");
    assertThat(google.emulator().calls().all()).isEmpty();
  }

  @Test
  void gcloudsSettingOfAnAuthority_isTakenAsWell() {
    var authority = google.env().getOrDefault("SSL_CERT_FILE", "");
    var env = google.without("SSL_CERT_FILE");
    google.configure("[core]\ncustom_ca_certs_file = " + authority + "\n");

    try (var cloud = GoogleCloud.withDefaultCredentials(env, false)) {
      assertThat(cloud.policies().read(House.SERVICE).exists()).isTrue();
    }
  }

  @Test
  void aFileOfAuthoritiesThatIsNone_isAnErrorAtOnce() throws IOException {
    var key = Files.writeString(folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\ncanary\n");
    var damaged =
        Files.writeString(
            folder.resolve("damaged.pem"),
            "-----BEGIN CERTIFICATE-----\nY2FuYXJ5\n-----END CERTIFICATE-----\n");

    assertThat(opening(google.env("SSL_CERT_FILE", key.toString())))
        .hasMessage(key + ", which SSL_CERT_FILE names, has no certificate in PEM.");
    assertThat(opening(google.env("SSL_CERT_FILE", damaged.toString())))
        .hasMessage(damaged + ", which SSL_CERT_FILE names, has a damaged certificate.");
    assertThat(opening(google.env("CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE", "/nowhere")))
        .hasMessage("/nowhere, which CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE names, is not there.");
  }

  @Test
  void aProxyThatIsNone_isAnErrorAtOnce() {
    assertThat(opening(google.env("https_proxy", "http://user:canary@proxy")))
        .hasMessage("https_proxy is no host and port of a proxy.");
  }

  @Test
  void aLoginThatWasRevoked_isSaid_withTheCommand_andNotTriedAgain() {
    google.write(GoogleOnLoopback.login("alice@example.com", "canary", ""));

    var failed = read(google.env());

    assertThat(failed)
        .isInstanceOf(CloudException.Unavailable.class)
        .hasMessage("The login of the Application Default Credentials has expired or was revoked.");
    assertThat(failed.failure().code()).isEqualTo("UNAUTHENTICATED");
    assertThat(failed.failure().advice())
        .startsWith("Log in with: gcloud auth application-default login ");
  }

  @Test
  void aKeyOfAnAccountThatIsGone_isSaid() {
    google.write(CredentialFiles.key("gone@kleos-demo.iam.gserviceaccount.com"));

    var failed = read(google.env());

    assertThat(failed)
        .isInstanceOf(CloudException.Unavailable.class)
        .hasMessage(
            "The service account's key was deleted, its account is disabled or deleted, or the clock"
                + " of this machine is wrong.");
    assertThat(failed.failure().advice())
        .isEqualTo(
            "Mend or replace ~/.config/gcloud/application_default_credentials.json, or log in:"
                + " gcloud auth application-default login");
  }

  /// The library trips over an answer that it did not expect.
  @Test
  void aCredentialThatYieldsNoToken_isSaid_inOurWords() {
    google.write(CredentialFiles.workforceLogin());

    assertThat(read(google.env()))
        .isInstanceOf(CloudException.Unavailable.class)
        .hasMessage("No access token could be made of the Application Default Credentials.");
  }

  @Test
  void aDamagedKey_isSaid_withoutAnyOfIt() {
    google.write(
        CredentialFiles.key("a@kleos-demo.iam.gserviceaccount.com")
            .replaceFirst("BEGIN PRIVATE KEY-----[^\"]*", "canary"));

    assertThat(opening(google.env()))
        .hasMessage(
            "The Application Default Credentials cannot be used:"
                + " ~/.config/gcloud/application_default_credentials.json has a damaged private"
                + " key.");
  }

  /// The library takes such a field for one with a value.
  @Test
  void aFieldOfAKeyThatIsNull_isNone() {
    google.emulator().world().ensureAccount("kleos-demo", ROBOT);
    google.own(ROBOT);
    google.write(
        CredentialFiles.key(ROBOT)
            .replace(
                "\"https://oauth2.googleapis.com/token\"", "null, \"quota_project_id\": null"));

    try (var cloud = GoogleCloud.withDefaultCredentials(google.env(), false)) {
      assertThat(cloud.policies().read(House.SERVICE).exists()).isTrue();
    }
  }

  @Test
  void anAddressOfSomebodyElse_isRefusedBeforeAnythingIsSent() {
    google.write(
        GoogleOnLoopback.login("alice@example.com", "alice@example.com", "")
            .replace("{\n", "{\n  \"token_uri\": \"https://evil.example.com/token\",\n"));

    assertThat(opening(google.env()))
        .hasMessage(
            "The Application Default Credentials cannot be used:"
                + " ~/.config/gcloud/application_default_credentials.json leads to"
                + " https://evil.example.com (token_uri), which is not Google's; nothing was sent.");
    assertThat(google.connected()).isEmpty();
  }

  private static CloudException read(Map<String, String> env) {
    try (var cloud = GoogleCloud.withDefaultCredentials(env, false)) {
      return catchThrowableOfType(CloudException.class, () -> cloud.policies().read(House.SERVICE));
    }
  }

  private static CloudException opening(Map<String, String> env) {
    return catchThrowableOfType(
        CloudException.class, () -> GoogleCloud.withDefaultCredentials(env, false).close());
  }

  private static CloudException calling(Map<String, String> env) {
    try (var cloud = GoogleCloud.withDefaultCredentials(env, false)) {
      return catchThrowableOfType(
          CloudException.class, () -> call(cloud, "https://oauth2.googleapis.com/nothing"));
    }
  }

  private static Endpoints.Answer call(GoogleCloud cloud, String url) {
    return cloud
        .endpoints()
        .call(
            new Endpoints.Request(
                "GET", URI.create(url), new Token("a-token"), null, Duration.ofSeconds(10)));
  }
}
