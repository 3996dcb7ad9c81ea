package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.report.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadingProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Screen screen = new Screen(new PrintStream(bytes, true, UTF_8), false);
  private Optional<Instant> opening = Optional.empty();

  @Test
  void shortWork_showsNothing() {
    try (var progress = progress(true)) {
      progress.at(0, 3);
      progress.at(3, 3);
    }

    assertThat(bytes.size()).isZero();
  }

  @Test
  void longWork_onATerminal_countsWithItsRate_andLeavesNoTrace() throws InterruptedException {
    try (var progress = progress(true)) {
      progress.at(0, 2000);
      progress.at(1240, 2000);
      Thread.sleep(Duration.ofMillis(800));
    }

    assertThat(shown())
        .startsWith("\r\u001b[K1,240 of 2,000 read, ")
        .containsPattern("read, [\\d,]+/s …\r")
        .endsWith("\r\u001b[K");
  }

  @Test
  void whatIsSlow_hasNoRate_andAfterTheReadingItIsChanged() throws InterruptedException {
    try (var progress = progress(true)) {
      progress.at(1, 3);
      progress.writing();
      progress.at(0, 3);
      Thread.sleep(Duration.ofMillis(800));
    }

    assertThat(shown()).isEqualTo("\r\u001b[K0 of 3 changed …\r\u001b[K");
  }

  @Test
  void whoWaitsForTheQuota_isTold_untilWhen() throws InterruptedException {
    opening = Optional.of(Instant.now().plusSeconds(12));
    try (var progress = progress(true)) {
      progress.at(6000, 7000);
      Thread.sleep(Duration.ofMillis(800));
    }

    assertThat(shown())
        .startsWith("\r\u001b[K6,000 of 7,000 read, waiting 12 s for Google's quota …\r");
  }

  @Test
  void theLine_comesBackAfterAnInterjection() throws InterruptedException {
    try (var progress = progress(true)) {
      progress.at(0, 3);
      Thread.sleep(Duration.ofMillis(800));
      progress.interject("Interrupted.");
      Thread.sleep(Duration.ofMillis(300));
    }

    var line = "\r\u001b[K0 of 3 read …";
    assertThat(shown()).isEqualTo(line + "\r\u001b[KInterrupted.\n" + line + "\r\u001b[K");
  }

  @Test
  void afterTheEnd_nothingIsShown() throws InterruptedException {
    try (var progress = progress(true)) {
      progress.at(0, 3);
      Thread.sleep(Duration.ofMillis(800));
      assertThat(progress.end()).isEqualTo("0 of 3");
      var before = bytes.size();
      progress.at(2, 3);
      Thread.sleep(Duration.ofMillis(300));

      assertThat(bytes.size()).isEqualTo(before);
    }
  }

  @Test
  void longWork_whereNobodyWatches_showsNothing() throws InterruptedException {
    try (var progress = progress(false)) {
      progress.at(1, 3);
      Thread.sleep(Duration.ofMillis(800));
      progress.at(2, 3);
    }

    assertThat(bytes.size()).isZero();
  }

  private ReadingProgress progress(boolean isWatched) {
    return new ReadingProgress(screen, isWatched, () -> opening);
  }

  private String shown() {
    return bytes.toString(UTF_8);
  }
}
