package dev.kleos.iam.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.rpc.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Faults as files say them.
class FaultReaderTest {
  private final Emulator emulator = Emulator.start(World.demo());

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void close() {
    emulator.close();
  }

  @Test
  void everyKind_isRead_withWhatItLeavesOut() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("faults.json"),
            """
            {
              "faults": [
                {"fault": "status", "code": "RESOURCE_EXHAUSTED", "message": "m", "retryDelay": "2s",
                 "method": "SetIamPolicy", "resource": "projects/*", "after": 1, "count": 3},
                {"fault": "status", "code": "UNAVAILABLE"},
                {"fault": "conflict", "count": "always"},
                {"fault": "latency", "time": "20ms", "method": "google.iam.admin.v1.IAM/*"},
                {"fault": "answer-lost"},
                {"fault": "connection-cut"},
                {"fault": "stale-reads"},
                {"fault": "stale-reads", "for": "10s"},
                {"fault": "flapping-accounts", "for": "2m", "count": 4},
                {"fault": "short-page"},
                {"fault": "short-page", "entries": 2, "count": "always"}
              ]
            }
            """);

    emulator.faults().addFrom(file);

    var once = OptionalLong.of(1);
    var always = OptionalLong.empty();
    assertThat(emulator.faults().states())
        .extracting(Faults.State::fault)
        .containsExactly(
            new Fault(
                "SetIamPolicy",
                "projects/*",
                1,
                OptionalLong.of(3),
                new FaultKind.Status(
                    Code.RESOURCE_EXHAUSTED, "m", Optional.of(Duration.ofSeconds(2)))),
            new Fault("*", "*", 0, once, new FaultKind.Status(Code.UNAVAILABLE)),
            new Fault("*", "*", 0, always, new FaultKind.Conflict()),
            new Fault(
                "google.iam.admin.v1.IAM/*",
                "*",
                0,
                once,
                new FaultKind.Latency(Duration.ofMillis(20))),
            new Fault("*", "*", 0, once, new FaultKind.AnswerLost()),
            new Fault("*", "*", 0, once, new FaultKind.ConnectionCut()),
            new Fault("*", "*", 0, once, new FaultKind.StaleReads(Optional.empty())),
            new Fault(
                "*", "*", 0, always, new FaultKind.StaleReads(Optional.of(Duration.ofSeconds(10)))),
            new Fault(
                "*",
                "*",
                0,
                OptionalLong.of(4),
                new FaultKind.FlappingAccounts(Optional.of(Duration.ofMinutes(2)))),
            new Fault("*", "*", 0, once, new FaultKind.ShortPage(0)),
            new Fault("*", "*", 0, always, new FaultKind.ShortPage(2)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {                                                  | 1:2 | is not JSON (End of input)
          {"faults": [{"fault": "conflict"},]}               | 1:36 | is not JSON (malformed)
          []                                                 | 1:1 | must be an object
          {}                                                 | 1:1 | must have the key faults
          {"faults": {}}                                     | 1:12 | faults must be a list
          {"faults": [], "flauts": 1}                        | 1:26 | flauts is not a key of this format
          {"faults": [1]}                                    | 1:13 | faults[0] must be an object
          {"faults": [{}]}                                   | 1:13 | faults[0] must have the key fault
          {"faults": [{"fault": null}]}                      | 1:23 | faults[0].fault must be a text
          {"faults": [{"fault": true}]}                      | 1:23 | faults[0].fault must be a text
          {"faults": [{"fault": "staus"}]}                   | 1:23 | faults[0].fault must be one of answer-lost, conflict, connection-cut, flapping-accounts, latency, short-page, stale-reads, status
          {"faults": [{"fault": "status"}]}                  | 1:13 | faults[0] must have the key code
          {"faults": [{"fault": "status", "code": "OK"}]}    | 1:41 | faults[0].code must be an error of google.rpc.Code, such as UNAVAILABLE
          {"faults": [{"fault": "status", "code": "503"}]}   | 1:41 | faults[0].code must be an error of google.rpc.Code, such as UNAVAILABLE
          {"faults": [{"fault": "conflict", "code": "OK"}]}  | 1:43 | faults[0].code is no key of a fault of the kind conflict
          {"faults": [{"fault": "conflict", "after": -1}]}   | 1:44 | faults[0].after must be a whole number, 0 or more
          {"faults": [{"fault": "conflict", "count": 0}]}    | 1:44 | faults[0].count must be a whole number, 1 or more
          {"faults": [{"fault": "conflict", "count": 1.5}]}  | 1:44 | faults[0].count must be a whole number, 1 or more
          {"faults": [{"fault": "conflict", "count": "all"}]} | 1:44 | faults[0].count must be a number
          {"faults": [{"fault": "latency", "time": "20"}]}   | 1:42 | faults[0].time must be a time, such as 200ms, 30s, 5m, 24h or 2d
          {"faults": [{"fault": "conflict", "method": "Set"}]} | 1:45 | faults[0].method is no method that the emulator has; GET /_emulator/requests shows names
          {"faults": [{"fault": "short-page", "count": "always"}]} | 1:13 | faults[0] would be a list that never ends: give it entries, or a count
          {"faults": [{"fault": "conflict", "fault": "latency"}]} | 1:44 | is not JSON (the key "fault" stands twice, at $.faults[0].fault)
          """)
  void whatIsNotOfTheFormat_isRefused_sayingWhereAndWhat(String text, String place, String what) {
    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> emulator.faults().addFrom(text.getBytes(UTF_8), "body"))
        .withMessage("body:" + place + ": " + what + "; mend that, nothing was changed");
  }

  @Test
  void whatIsWrongFurtherDown_isFoundThere_andNothingIsAdded() {
    var text =
        """
        {"faults": [
          {"fault": "conflict"},
          {"fault": "latency",
           "time": "20ms", "after": 3, "count": 2},
          {"fault": "status",
             "code": "NONSENSE"}
        ]}
        """;

    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> emulator.faults().addFrom(text.getBytes(UTF_8), "faults.json"))
        .withMessageStartingWith("faults.json:6:14: faults[2].code must be");
    assertThat(emulator.faults().states()).isEmpty();
  }

  @Test
  void aFile_thatCannotBeRead_isNamed() throws IOException {
    var missing = folder.resolve("missing.json");
    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> emulator.faults().addFrom(missing))
        .withMessage(
            missing
                + ": cannot read the file: no such file or folder; mend that, nothing was changed");
    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> emulator.faults().addFrom(folder))
        .withMessageContaining("is no file of faults");
    var binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff});
    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> emulator.faults().addFrom(binary))
        .withMessageContaining("is not UTF-8");
  }
}
