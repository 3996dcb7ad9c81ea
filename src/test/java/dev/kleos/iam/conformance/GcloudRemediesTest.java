package dev.kleos.iam.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kleos.iam.Main;
import dev.kleos.iam.cli.GcloudStandIn;
import dev.kleos.iam.session.GcloudSettings;
import dev.kleos.iam.session.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `doctor` prints for gcloud works with the real one, and does the same as what stands in for
/// it where broken worlds are mended. Left out are the commands that log in or write credentials,
/// which take a browser, and those that change a service itself or read its log, which the emulator
/// does not have.
@Execution(ExecutionMode.CONCURRENT)
class GcloudRemediesTest {
  private static final String ACCOUNT = "kleos-invoker@kleos-demo.iam.gserviceaccount.com";
  private static final String API = "v1/projects/kleos-demo/services/run.googleapis.com";
  private static final String CONFIGURATION =
      """
      [core]
      account = bob@example.com
      project = elsewhere
      """;
  private static final String MORE =
      """
      [auth]
      impersonate_service_account = other@kleos-demo.iam.gserviceaccount.com
      [proxy]
      type = http
      address = proxy.example.com
      port = 3128
      """;

  @TempDir private Path folder = Path.of("");
  private final Stage real = new Stage();
  private final Stage played = new Stage();

  @BeforeEach
  void prepare() {
    for (var stage : List.of(real, played)) {
      stage.account("kleos-invoker");
      post(stage, "v1/projects/kleos-demo/serviceAccounts/" + ACCOUNT + ":disable");
      post(stage, API + ":disable");
    }
  }

  @AfterEach
  void close() {
    real.close();
    played.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iam service-accounts enable " + ACCOUNT + " --project kleos-demo",
        "iam service-accounts create kleos-caller --project kleos-demo",
        "iam service-accounts add-iam-policy-binding "
            + ACCOUNT
            + " --member user:alice@example.com --role roles/iam.serviceAccountTokenCreator"
            + " --condition None --project kleos-demo",
        "projects add-iam-policy-binding kleos-demo --member user:alice@example.com --role"
            + " roles/serviceusage.serviceUsageConsumer --condition None",
        "services enable run.googleapis.com --project kleos-demo",
        "services enable run.googleapis.com iam.googleapis.com --project kleos-demo",
      })
  void aCommand_changesTheWorldAsItsStandInDoes(String words) {
    var before = world(played);

    real.gcloud.done(words);
    play(words, folder);

    assertThat(world(played)).isNotEqualTo(before);
    assertThat(world(real)).isEqualTo(world(played));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--member serviceAccount:" + ACCOUNT + " --role roles/run.invoker",
        "--member user:alice@example.com --role roles/run.viewer"
      })
  void aRoleOnAService_isGrantedAsTheStandInDoes(String grant) {
    var words =
        "run services add-iam-policy-binding kleos-service --region us-central1 --project"
            + " kleos-demo "
            + grant
            + " --condition None";
    for (var stage : List.of(real, played)) {
      post(stage, API + ":enable");
    }
    var before = world(played);

    real.gcloud.with("http_proxy", real.server.url()).done(words);
    play(words, folder);

    assertThat(world(played)).isNotEqualTo(before);
    assertThat(world(real)).isEqualTo(world(played));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config set core/account alice@example.com",
        "config set core/project kleos-demo",
        "config unset auth/impersonate_service_account",
        "config unset proxy/address",
      })
  void aSetting_isChangedAsTheStandInDoes(String words) throws IOException {
    var content = words.contains("unset") ? CONFIGURATION + MORE : CONFIGURATION;
    var ofReal = configured("real", content);
    var ofPlayed = configured("played", content);

    real.gcloud.with("CLOUDSDK_CONFIG", ofReal.resolve(".config/gcloud").toString()).done(words);
    play(words, ofPlayed);

    assertThat(settings(ofPlayed)).isNotEqualTo(settings(configured("before", content)));
    assertThat(settings(ofReal)).isEqualTo(settings(ofPlayed));
  }

  /// On an emulator the lines lead gcloud there by themselves; without that, it would go to a
  /// project of the same name at Google.
  @Test
  void whatIsPrintedOnAnEmulator_isPastedAsItIs() {
    real.given(Stage.SERVICE, Stage.binding(Stage.INVOKER, "serviceAccount:" + ACCOUNT));

    paste(doctor("run.googleapis.com is not enabled"));
    paste(doctor(ACCOUNT + " is disabled"));
    call(real, "DELETE", "v1/projects/kleos-demo/serviceAccounts/" + ACCOUNT);
    paste(doctor(ACCOUNT + " was deleted"));

    assertThat(doctor("Broken at 0")).isEmpty();
  }

  /// What an admin is to run.
  private String doctor(String said) {
    var bytes = new ByteArrayOutputStream();
    var output = new PrintStream(bytes, true, UTF_8);
    var host = real.server.host();
    var code =
        Main.run(
            output,
            output,
            Map.of("HOME", folder.toString(), "NO_COLOR", "1", "KLEOS_IAM_EMULATOR_HOST", host),
            "doctor",
            "--project",
            "kleos-demo",
            "--account",
            "kleos-invoker",
            "--service",
            "us-central1/kleos-service");
    var text = bytes.toString(UTF_8);
    if (code == 0) {
      return "";
    }
    assertThat(text).contains(said);
    return text.lines()
        .filter(line -> line.contains("An admin runs: "))
        .map(line -> line.replaceFirst(".*An admin runs: ", ""))
        .findFirst()
        .orElseThrow(() -> new AssertionError(text));
  }

  private void paste(String line) {
    var variables = new HashMap<>(real.gcloud.env());
    variables
        .keySet()
        .removeIf(name -> name.contains("OVERRIDES") || name.endsWith("ACCESS_TOKEN"));
    var words = new ArrayList<>(Splitter.on(' ').splitToList(line));
    while (words.getFirst().contains("=")) {
      var variable = Splitter.on('=').limit(2).splitToList(words.removeFirst());
      variables.put(variable.getFirst(), variable.getLast());
    }
    assertThat(words.removeFirst()).isEqualTo("gcloud");
    new Gcloud(folder, variables).done(String.join(" ", words));
  }

  private void play(String words, Path home) {
    new GcloudStandIn(played.server.url(), played.emulator, "operator", home)
        .run(new ArrayList<>(Splitter.on(' ').splitToList(words)));
  }

  private Path configured(String name, String content) throws IOException {
    var home = folder.resolve(name);
    var file = home.resolve(".config/gcloud/configurations/config_default");
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.writeString(home.resolve(".config/gcloud/active_config"), "default");
    return home;
  }

  private static List<String> settings(Path home) {
    var settings = GcloudSettings.of(Map.of("HOME", home.toString()));
    return List.of(
        values(settings.account()),
        values(settings.project()),
        values(settings.impersonatedAccount()),
        read(home).contains("proxy.example.com") ? "proxy" : "");
  }

  private static String values(Optional<Setting> setting) {
    return setting.map(Setting::value).orElse("");
  }

  private static String read(Path home) {
    try {
      return Files.readString(home.resolve(".config/gcloud/configurations/config_default"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All that the commands change, but for what is another one in each world.
  private static List<String> world(Stage stage) {
    var seen = new ArrayList<String>();
    for (var resource : List.of(Stage.PROJECT, Stage.SERVICE, Stage.nameOf(ACCOUNT))) {
      seen.add(stage.bindings(resource).toString());
    }
    seen.add(call(stage, "GET", API).get("state").getAsString());
    for (var account :
        call(stage, "GET", "v1/projects/kleos-demo/serviceAccounts").getAsJsonArray("accounts")) {
      var one = account.getAsJsonObject();
      seen.add(one.get("email").getAsString() + (one.has("disabled") ? " disabled" : ""));
    }
    return seen;
  }

  private static void post(Stage stage, String path) {
    call(stage, "POST", path);
  }

  private static JsonObject call(Stage stage, String verb, String path) {
    var request =
        HttpRequest.newBuilder(URI.create(stage.server.url() + "/" + path))
            .method(
                verb, verb.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
      return JsonParser.parseString(answer.body()).getAsJsonObject();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
