package dev.kleos.iam.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines at a terminal of 40 columns.
class WrapTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Screen screen = new Screen(new PrintStream(bytes, true, UTF_8), false, 40);

  @Test
  void aLongLine_isBrokenBetweenWords_andGoesOnIndented() {
    screen.line("  Somebody keeps what he has, and that is said in a long line.");

    assertThat(printed())
        .isEqualTo(
            """
              Somebody keeps what he has, and that
                is said in a long line.
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kleos-iam apply --emulator --emulator-state 'my world.json' plans/kleos.yaml",
        "KLEOS_IAM_EMULATOR_HOST=127.0.0.1:8085 kleos-iam plan --project kleos-demo",
        "# at Google: gcloud services enable run.googleapis.com --project kleos-demo",
        "gcloud iam service-accounts enable kleos@kleos-demo.iam.gserviceaccount.com",
        "curl -H \"Authorization: Bearer $(gcloud auth print-identity-token)\" https://a.example.com"
      })
  void aCommand_isNeverBroken(String command) {
    screen.line("Next: " + command);
    screen.line("Then somebody with a long name may run: " + command);
    screen.line("To mend it, somebody may run: " + command + "; or wait.");
    screen.line("    " + command);

    assertThat(printed().lines().filter(line -> line.contains(command))).hasSize(4);
  }

  @Test
  void aCell_isBrokenOnlyWhereItIsLongerThanALine() {
    screen.cells(
        6, Span.of("  + user:alice@example.com"), Span.of("  "), Span.of("until 2027-12-31"));

    assertThat(printed()).isEqualTo("  + user:alice@example.com\n      until 2027-12-31\n");
  }

  @Test
  void aStyle_isPutOnEachPartAnew() {
    var coloured = new Screen(new PrintStream(bytes, true, UTF_8), true, 40);

    coloured.line(Span.bold("Somebody has access for a SHORTER time than before."));

    assertThat(printed())
        .isEqualTo(
            "\u001b[1mSomebody has access for a SHORTER time\u001b[0m\n  \u001b[1mthan before.\u001b[0m\n");
  }

  @Test
  void noLine_beginsWithAnOrderToARunner_becauseItWasBroken() {
    screen.line("Somebody is called by forty characters ::set-output name=a::b");

    assertThat(printed().lines()).noneMatch(line -> line.strip().startsWith("::"));
  }

  @Test
  void withoutAKnownWidth_nothingIsBroken() {
    new Screen(new PrintStream(bytes, true, UTF_8), false).line("word ".repeat(100).strip());

    assertThat(printed().lines()).hasSize(1);
  }

  private String printed() {
    return bytes.toString(UTF_8);
  }
}
