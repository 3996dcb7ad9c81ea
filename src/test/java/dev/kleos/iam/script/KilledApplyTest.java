package dev.kleos.iam.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kleos.iam.disk.LocalDisk;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.record.RecordedRun;
import dev.kleos.iam.record.RecordedStep;
import dev.kleos.iam.record.RecordedStep.Certainty;
import dev.kleos.iam.record.Runs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `apply` of 50 changes is killed (SIGKILL) at moments from a seed. Whenever that is: the journal
/// knows of every write that reached the emulator, says of none that it was done which was not, and
/// the same command again leaves nothing to do. `make kills KILLS=50` for more of them than here.
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledApplyTest {
  private static final int CHANGES = 50;
  private static final int KILLS = Integer.getInteger("kills");

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder = Path.of("");

  @Test
  void anApplyThatIsKilled_isKnownToTheJournal_andDoneByTheNext() throws Exception {
    var installed = Installed.in(folder);
    Files.writeString(folder.resolve("world.json"), world());
    Files.writeString(folder.resolve("kleos-iam.yaml"), plan());
    var random = new Random(20261130);
    var moments = new ArrayList<String>();
    try (var emulator =
        EmulatorProcess.start(installed, "--world", "world.json", "--latency", "10ms")) {
      var control = URI.create("http://127.0.0.1:" + emulator.port() + "/_emulator/");
      for (var kill = 0; kill < KILLS; kill++) {
        var env =
            Map.of(
                "KLEOS_IAM_EMULATOR_HOST",
                "127.0.0.1:" + emulator.port(),
                "XDG_STATE_HOME",
                folder.resolve("state-" + kill).toString());
        send(control.resolve("reset"), "POST");

        killAfter(installed, env, control, random.nextInt(CHANGES + 1));
        var written = written(control);
        var run = onlyRun(env);
        check(run, written);
        moments.add(moment(run, written));

        var again = installed.run(env, installed.launcher(), "apply", "--yes");
        assertThat(again.code()).as(again.output()).isZero();
        if (run.isPresent() && run.get().ended().isEmpty()) {
          assertThat(again.output()).contains("Run 1 was interrupted: kleos-iam apply --yes");
          var history = installed.run(env, installed.launcher(), "history", "1");
          assertThat(history.output()).contains("INTERRUPTED: ");
        }
        var rest = written(control);
        assertThat(rest).as("after the second run").hasSize(CHANGES);
        var third = installed.run(env, installed.launcher(), "plan", "--detailed-exitcode");
        assertThat(third.code()).as(third.output()).isZero();
      }
    }
    if (KILLS >= CHANGES) {
      moments.forEach(System.out::println);
    }
  }

  private void killAfter(Installed installed, Map<String, String> env, URI control, int writes)
      throws Exception {
    var process =
        installed
            .builder(env, installed.launcher(), "apply", "--yes", "--concurrency", "3")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("killed.log").toFile())
            .start();
    if (writes == 0) {
      process.waitFor(
          ThreadLocalRandom.current().nextInt(600), java.util.concurrent.TimeUnit.MILLISECONDS);
    }
    while (writes > 0 && process.isAlive() && written(control).size() < writes) {
      Thread.onSpinWait();
    }
    process.destroyForcibly();
    assertThat(process.waitFor(10, SECONDS)).isTrue();
    // What was on its way arrives.
    for (var before = -1; before < written(control).size(); Thread.sleep(30)) {
      before = written(control).size();
    }
  }

  private static Optional<RecordedRun> onlyRun(Map<String, String> env) {
    var runs = new Runs(new LocalDisk(), Path.of(env.get("XDG_STATE_HOME"), "kleos-iam"));
    return runs.numbers().stream().flatMap(number -> runs.run(number).stream()).findFirst();
  }

  private static void check(Optional<RecordedRun> run, Set<String> written) {
    var intended = new HashSet<String>();
    for (var step : run.map(RecordedRun::steps).orElse(List.of())) {
      var resource = step.approved().resource().name();
      if (step.intent().isPresent()) {
        intended.add(resource);
      }
      if (step.isWritten() == Certainty.YES) {
        assertThat(written).contains(resource);
      }
    }
    assertThat(intended).containsAll(written);
    assertThat(run.map(RecordedRun::isRunning).orElse(false)).isFalse();
  }

  private static String moment(Optional<RecordedRun> run, Set<String> written) {
    var steps = run.map(RecordedRun::steps).orElse(List.of()).stream().toList();
    return "killed with %2d of %d written; journal: %2d done, %2d not known, %2d not begun%s"
        .formatted(
            written.size(),
            CHANGES,
            count(
                steps.stream()
                    .filter(step ->
                        step.outcome().filter(Outcome.Applied.class::isInstance).isPresent())),
            count(
                steps.stream()
                    .filter(step -> step.intent().isPresent() && step.outcome().isEmpty())),
            count(steps.stream().filter(step -> step.intent().isEmpty())),
            run.isEmpty() ? ", no run" : run.get().ended().isPresent() ? ", ended" : "");
  }

  private static int count(Stream<RecordedStep> steps) {
    return (int) steps.count();
  }

  /// The resources whose policies were written.
  private Set<String> written(URI control) throws IOException, InterruptedException {
    var requests =
        JsonParser.parseString(send(control.resolve("requests"), "GET")).getAsJsonObject();
    return requests.getAsJsonArray("requests").asList().stream()
        .map(request -> (JsonObject) request)
        .filter(request -> request.get("method").getAsString().endsWith("/SetIamPolicy"))
        .filter(request -> request.get("status").getAsString().equals("OK"))
        .map(request -> request.get("resource").getAsString())
        .collect(toSet());
  }

  private String send(URI uri, String verb) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri).method(verb, BodyPublishers.noBody()).build();
    return http.send(request, BodyHandlers.ofString(UTF_8)).body();
  }

  private static String world() {
    return IntStream.range(0, CHANGES)
        .mapToObj("\"projects/kleos-demo/locations/us-central1/services/service-%02d\""::formatted)
        .collect(
            joining(
                ", ",
                "{\"kleosIamEmulator\": 1, \"projects\": {\"kleos-demo\": {\"number\": \"123456789012\"}}, \"services\": [",
                "]}"));
  }

  private static String plan() {
    return IntStream.range(0, CHANGES)
        .mapToObj("  service-%02d: {invokers: ['user:alice@example.com']}\n"::formatted)
        .collect(
            joining("", "version: 1\nproject: kleos-demo\nregion: us-central1\nservices:\n", ""));
  }
}
