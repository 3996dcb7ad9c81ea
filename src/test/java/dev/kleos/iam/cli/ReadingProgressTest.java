package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.report.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadingProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Screen screen = new Screen(new PrintStream(bytes, true, UTF_8), false);

  @Test
  void shortWork_showsNothing() {
    try (var progress = new ReadingProgress(screen, true)) {
      progress.at(0, 3);
      progress.at(3, 3);
    }

    assertThat(bytes.size()).isZero();
  }

  @Test
  void longWork_onATerminal_countsAndLeavesNoTrace() throws InterruptedException {
    try (var progress = new ReadingProgress(screen, true)) {
      progress.at(1, 3);
      Thread.sleep(Duration.ofMillis(800));
      progress.at(2, 3);
    }

    assertThat(bytes.toString(UTF_8)).isEqualTo("\r\u001b[K1 of 3 …\r\u001b[K2 of 3 …\r\u001b[K");
  }

  @Test
  void longWork_whereNobodyWatches_showsNothing() throws InterruptedException {
    try (var progress = new ReadingProgress(screen, false)) {
      progress.at(1, 3);
      Thread.sleep(Duration.ofMillis(600));
      progress.at(2, 3);
    }

    assertThat(bytes.size()).isZero();
  }
}
