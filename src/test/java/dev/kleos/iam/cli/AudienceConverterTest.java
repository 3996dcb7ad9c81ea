package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no token can be for is refused by every command before anybody is called.
class AudienceConverterTest {
  private static final String REFUSED = "kleos-iam: Invalid value for option '--audience': ";

  private static final String UNSEEN =
      "it has a blank or a character that is not seen; write the service's address, as in"
          + " https://HOST\n";

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({"token", "invoke kleos-service", "doctor"})
  void anEmptyOne_isRefused(String command) {
    assertThat(run(command, ""))
        .isEqualTo(REFUSED + "it is empty; write the service's address, as in https://HOST\n");
  }

  @ParameterizedTest
  @CsvSource({"token", "invoke kleos-service", "doctor"})
  void oneWithABlank_isRefused(String command) {
    assertThat(run(command, "https://a.example.com b")).isEqualTo(REFUSED + UNSEEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "https://a.example.com\n",
        "https://a.example.com\u0000",
        "https://a\u001b[2J.example.com",
        "https://a.example.com\u00a0",
        "https://\u202ea.example.com",
        "https://a.example.com\u200b"
      })
  void oneWithWhatNobodySees_isRefused(String audience) {
    assertThat(run("token", audience)).isEqualTo(REFUSED + UNSEEN);
  }

  /// The first line that is said.
  private String run(String command, String audience) {
    var err = new ByteArrayOutputStream();
    try (var emulator = Emulator.start(World.demo())) {
      var clouds =
          new StagedClouds(
              emulator,
              _ -> {
                throw new AssertionError("no service is called");
              });
      var words =
          Stream.of(
                  List.of(command.split(" ", -1)),
                  List.of("--project", "kleos-demo", "--audience", audience))
              .flatMap(List::stream)
              .toArray(String[]::new);
      var code =
          CommandLines.run(Unattended.in(folder, clouds, new ByteArrayOutputStream(), err), words);
      assertThat(code).isEqualTo(ExitCode.USAGE);
      assertThat(emulator.calls().all()).isEmpty();
    }
    return err.toString(UTF_8).replaceFirst("Help: kleos-iam \\w+ --help\n$", "");
  }
}
