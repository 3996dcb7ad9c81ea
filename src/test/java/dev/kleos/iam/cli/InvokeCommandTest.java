package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cli.Surroundings.Terminals;
import dev.kleos.iam.cloud.Bytes;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.emulator.Call;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.model.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvokeCommandTest {
  private static final String PLAN =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      serviceAccounts:
        kleos-invoker: {users: [user:alice@example.com]}
      services:
        kleos-service: {invokers: [kleos-invoker]}
      """;

  @TempDir private Path folder = Path.of("");
  private final Emulator emulator = Emulator.start(World.demo());
  private final List<Endpoints.Request> requests = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private byte[] typed = {};
  private Endpoints.Answer answer =
      new Endpoints.Answer(200, Map.of(), Bytes.of("fine".getBytes(UTF_8)));

  @BeforeEach
  void write() throws IOException {
    Files.createDirectory(folder.resolve("folder"));
    Files.writeString(folder.resolve("kleos-iam.yaml"), PLAN);
    emulator
        .world()
        .ensureAccount("kleos-demo", "kleos-invoker@kleos-demo.iam.gserviceaccount.com");
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  @Test
  void aCallOfAService_isTwoCalls_andItself() {
    assertThat(run("kleos-service", "v1/check?x=1")).isZero();

    assertThat(methods()).containsExactly("GetService", "GenerateIdToken");
    assertThat(requests).hasSize(1);
    var request = requests.getFirst();
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.url())
        .hasToString("https://kleos-service-adfe517acb-uc.a.run.app/v1/check?x=1");
    assertThat(request.body()).isNull();
    assertThat(request.timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(out.toString(UTF_8)).isEqualTo("fine");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void aCallOfAnAddress_isOneCall_andItself() {
    assertThat(run("https://kleos.example.com/base", "v1", "--timeout", "20s")).isZero();

    assertThat(methods()).containsExactly("GenerateIdToken");
    assertThat(requests.getFirst().url()).hasToString("https://kleos.example.com/base/v1");
    assertThat(requests.getFirst().timeout()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void anAddress_isSpelledOneWay_forTheCallAndForTheToken() {
    assertThat(run("HTTPS://KLEOS.example.com:443/Base", "v1", "-v")).isZero();

    assertThat(requests.getFirst().url()).hasToString("https://kleos.example.com/Base/v1");
    assertThat(err.toString(UTF_8)).contains("by an ID token for https://kleos.example.com.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "-v"})
  void theToken_isShownNowhere(String option) throws IOException {
    run("kleos-service", option.equals("-v") ? "-v" : "--color=never");

    var token = Objects.requireNonNull(requests.getFirst().token()).value();
    var signature = token.substring(token.lastIndexOf('.'));
    assertThat(out.toString(UTF_8) + err).doesNotContain(signature);
    assertThat(requests.toString()).doesNotContain(signature);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void theBody_inAPipe_isByteForByte() {
    var bytes = new byte[] {0, 1, '\r', '\n', 27, '[', '2', 'J', (byte) 0xff, (byte) 0xc3, 13};
    answer = new Endpoints.Answer(200, Map.of(), Bytes.of(bytes));

    run("kleos-service");

    assertThat(out.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void theBody_atATerminal_givesItNoOrders() {
    var text = "{\n\t\"a\": \"\u001b[2J\u202e\r\"}\n::set-env x\nend";
    answer = new Endpoints.Answer(200, Map.of(), Bytes.of(text.getBytes(UTF_8)));

    run(new Terminals(true, true, true), "kleos-service");

    assertThat(out.toString(UTF_8))
        .isEqualTo("{\n\t\"a\": \"\\u{1B}[2J\\u{202E}\n\"}\n\\u{3A}:set-env x\nend\n");
  }

  @ParameterizedTest
  @CsvSource({
    "-d,        {},         POST, {}",
    "--data,    'äö',       POST, 'äö'",
    "-d,        @body.json, POST, '{\"from\": \"a file\"}'",
    "-d,        @-,         POST, typed",
  })
  void data_isSentByPost(String option, String data, String method, String body)
      throws IOException {
    Files.writeString(folder.resolve("body.json"), "{\"from\": \"a file\"}");
    typed = "typed".getBytes(UTF_8);

    assertThat(run("kleos-service", option, data)).isZero();

    assertThat(requests.getFirst().method()).isEqualTo(method);
    assertThat(sent()).isEqualTo(body);
  }

  @Test
  void aMethod_isSentAsItIsNamed() {
    run("kleos-service", "-X", "put", "-d", "{}");
    run("kleos-service", "-X", "DELETE");

    assertThat(requests).extracting(Endpoints.Request::method).containsExactly("PUT", "DELETE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kleos-service ../x      | PATH has a segment \"..\", which may lead out of the service",
        "kleos-service https://x | PATH is below the service; an address is named in place of the"
            + " service",
        "kleos-service -X G/T    | \"G/T\" is no method to call a service by",
        "kleos-service -X CONNECT| \"CONNECT\" is no method to call a service by",
        "kleos-service -d @none  | \"none\" cannot be read: it is not there",
        "kleos-service -d @folder| \"folder\" cannot be read: it is a folder",
        "kleos-service -d @kleos-iam.yaml/x | \"kleos-iam.yaml/x\" cannot be read: Not a directory",
        "kleos-service -d @      | -d @ names no file; write @FILE, or @- for standard input",
        "http://127.0.0.1:99999  | \"http://127.0.0.1:99999\" is no address of a service: its port"
            + " is not one from 1 to 65535",
        "kleos-service -o json   | invoke prints what the service answers; leave -o json out",
        "http://kleos.example.com| \"http://kleos.example.com\" is no address of a service: a token"
            + " goes over https alone",
      })
  void whatCannotBeMeant_isAUsageError_andNothingIsCalled(String words, String complaint) {
    assertThat(run(words.split(" ", -1))).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString(UTF_8)).isEqualTo("kleos-iam: " + complaint + "\n");
    assertThat(requests).isEmpty();
    assertThat(methods()).isEmpty();
  }

  @Test
  void aRefusal_isPrintedAsItIs_andExplainedBesideIt() {
    var page =
        "<html><head><title>403 Forbidden</title></head><body><h1>Error: Forbidden</h1></body>";
    answer =
        new Endpoints.Answer(
            403, Map.of("content-type", "text/html"), Bytes.of(page.getBytes(UTF_8)));

    assertThat(run("kleos-service")).isEqualTo(ExitCode.FAILED);

    assertThat(out.toString(UTF_8)).isEqualTo(page);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "kleos-iam: kleos-invoker@kleos-demo.iam.gserviceaccount.com may not call the service:"
                + " it lacks run.routes.invoke there, or was granted it a moment ago. That usually"
                + " works within 2 minutes, and can take 7 or more.\n"
                + "An admin runs: kleos-iam grant kleos-invoker@kleos-demo.iam.gserviceaccount.com --service"
                + " us-central1/kleos-service\n");
  }

  @Test
  void aServiceThatDoesNotAnswer_isAFailure() {
    var silence =
        new CloudException.Unavailable(
            Failure.of("UNAVAILABLE", "", "The service at a cannot be reached.", "Check it."));
    var code =
        CommandLines.run(
            surroundings(
                Terminals.NONE,
                _ -> {
                  throw silence;
                }),
            "invoke",
            "kleos-service");

    assertThat(code).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString(UTF_8))
        .isEqualTo("kleos-iam: The service at a cannot be reached.\nCheck it.\n");
  }

  /// What an exception of the network's says can be what the service sent.
  @Test
  void whyAServiceDoesNotAnswer_isCut_andGivesATerminalNoOrders() {
    var silence =
        new CloudException.Unavailable(
            Failure.of("UNAVAILABLE", "", "It broke off: \u001b[2J" + "x".repeat(100_000), ""));
    var code =
        CommandLines.run(
            surroundings(
                Terminals.NONE,
                _ -> {
                  throw silence;
                }),
            "invoke",
            "kleos-service");

    assertThat(code).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString(UTF_8))
        .startsWith("kleos-iam: It broke off: \\u{1B}[2Jxxx")
        .endsWith("x… (100,018 characters)\n")
        .hasSizeLessThan(600);
  }

  private int run(String... words) {
    return run(Terminals.NONE, words);
  }

  private int run(Terminals terminals, String... words) {
    var args = new ArrayList<>(List.of("invoke"));
    args.addAll(List.of(words));
    return CommandLines.run(
        surroundings(
            terminals,
            request -> {
              requests.add(request);
              return answer;
            }),
        args.toArray(String[]::new));
  }

  private Surroundings surroundings(Terminals terminals, Endpoints endpoints) {
    return new Surroundings(
        new ByteArrayInputStream(typed),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        Map.of("NO_COLOR", "1"),
        folder,
        terminals,
        InstantSource.system(),
        new StagedClouds(emulator, endpoints),
        Unattended.NO_PROGRAMS);
  }

  private String sent() {
    var body = requests.getFirst().body();
    return body == null ? "nothing" : body.text();
  }

  private List<String> methods() {
    return emulator.calls().all().stream()
        .map(Call::method)
        .map(method -> method.substring(method.indexOf('/') + 1))
        .toList();
  }
}
