package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cli.Surroundings.Terminals;
import dev.kleos.iam.emulator.Call;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A token is a secret: it stands on standard output, and nowhere else.
class TokenCommandTest {
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
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("kleos-iam.yaml"), PLAN);
    emulator
        .world()
        .ensureAccount("kleos-demo", "kleos-invoker@kleos-demo.iam.gserviceaccount.com");
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-v", "--access", "--access -v", "-o json", "-o json -v"})
  void theToken_isOnStandardOutputAlone(String options) throws IOException {
    assertThat(run(Terminals.NONE, words(options))).isZero();

    var printed = out.toString(UTF_8);
    var token = printed.replaceFirst("(?s).*?((eyJ|kleos-emulator\\.)[\\w.-]+).*", "$1");
    assertThat(token).matches("(eyJ|kleos-emulator\\.)[\\w-]+\\.[\\w-]+(\\.[\\w-]+)?");
    if (!options.contains("json")) {
      assertThat(printed).isEqualTo(token + System.lineSeparator());
    }
    for (var part : token.substring(token.indexOf('.') + 1).split("\\.", -1)) {
      assertThat(err.toString(UTF_8)).doesNotContain(part);
      assertThat(emulator.calls().all().toString()).doesNotContain(part);
    }
    assertThat(files()).containsExactly("kleos-iam.yaml");
  }

  @Test
  void aToken_forAService_isTwoCalls() {
    run(Terminals.NONE, "--service", "kleos-service");

    assertThat(methods()).containsExactly("GetService", "GenerateIdToken");
  }

  @Test
  void aToken_forAnAudience_isOneCall() {
    run(Terminals.NONE, "--audience", "https://a.example.com");

    assertThat(methods()).containsExactly("GenerateIdToken");
  }

  @Test
  void anAccessToken_isOneCall() {
    run(Terminals.NONE, "--access");

    assertThat(methods()).containsExactly("GenerateAccessToken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-v", "-o json", "--access"})
  void atATerminal_nothingIsMade(String options) {
    assertThat(run(new Terminals(true, true, true), words(options))).isEqualTo(ExitCode.USAGE);

    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(emulator.calls().all()).isEmpty();
  }

  @Test
  void whereOptionsDoNotGoTogether_nothingIsCalled() {
    assertThat(run(Terminals.NONE, "--access", "--audience", "https://a.example.com"))
        .isEqualTo(ExitCode.USAGE);

    assertThat(emulator.calls().all()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "kleos-invoker,", ",kleos-invoker", ""})
  void aWayThatLacksAnAccount_isNoWay(String delegates) {
    var code = run(Terminals.NONE, "--audience", "https://a.example.com", "--delegates", delegates);

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8))
        .isEqualTo("kleos-iam: --delegates has an empty part; write accounts, with commas\n");
    assertThat(emulator.calls().all()).isEmpty();
  }

  @Test
  void anAccount_mayBeNamedWithItsType() {
    var code =
        run(
            Terminals.NONE,
            "--audience",
            "https://a.example.com",
            "--account",
            "serviceAccount:kleos-invoker@kleos-demo.iam.gserviceaccount.com");

    assertThat(code).as(err.toString(UTF_8)).isZero();
  }

  private int run(Terminals terminals, String... options) {
    var args = new ArrayList<>(List.of("token"));
    args.addAll(List.of(options));
    return CommandLines.run(
        Unattended.in(
            folder,
            new StagedClouds(
                emulator,
                _ -> {
                  throw new AssertionError("no service is called");
                }),
            out,
            err,
            terminals),
        args.toArray(String[]::new));
  }

  private static String[] words(String options) {
    return options.isEmpty() ? new String[0] : options.split(" ");
  }

  private List<String> methods() {
    return emulator.calls().all().stream()
        .map(Call::method)
        .map(method -> method.substring(method.indexOf('/') + 1))
        .toList();
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
