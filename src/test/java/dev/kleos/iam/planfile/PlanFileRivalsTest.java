package dev.kleos.iam.planfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.planfile.PlanFileWriter.Result;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Several at once on one plan file.
@Timeout(120)
class PlanFileRivalsTest {
  private static final int RIVALS = 8;
  private static final int EDITS = 25;

  private static final String OLD = "# kleos\n";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve(PlanAppender.NAME), OLD);
  }

  @Test
  void replace_byEightProcesses_losesNoEdit() throws IOException, InterruptedException {
    var processes = new ArrayList<Process>();
    try {
      for (var i = 0; i < RIVALS; i++) {
        processes.add(start(List.of(), "rival " + i, EDITS));
      }
      for (var process : processes) {
        assertThat(output(process)).isEmpty();
        assertThat(process.waitFor()).isZero();
      }
    } finally {
      processes.forEach(Process::destroyForcibly);
    }

    assertNoEditIsLost();
  }

  /// Each thread has a writer of its own. What a process closes anywhere takes its locks away: the
  /// threads of one must not open the file while another of them replaces it.
  @Test
  void replace_bySixThreadsAndTwoProcesses_losesNoEdit() throws IOException, InterruptedException {
    var appenders = IntStream.range(2, RIVALS).mapToObj(_ -> new PlanAppender(folder)).toList();
    var processes = new ArrayList<Process>();
    try {
      for (var i = 0; i < 2; i++) {
        processes.add(start(List.of(), "rival " + i, EDITS));
      }
      awaitFirstEdit();
      var failed = new ConcurrentLinkedQueue<Result>();
      var threads = new ArrayList<Thread>();
      for (var i = 2; i < RIVALS; i++) {
        var appender = appenders.get(i - 2);
        var line = "rival " + i;
        threads.add(
            Thread.startVirtualThread(() -> {
              for (var edit = 0; edit < EDITS; edit++) {
                var result = appender.append(line);
                if (result instanceof Result.Failed) {
                  failed.add(result);
                }
              }
            }));
      }
      for (var thread : threads) {
        thread.join();
      }
      for (var process : processes) {
        assertThat(output(process)).isEmpty();
      }
      assertThat(failed).isEmpty();
    } finally {
      processes.forEach(Process::destroyForcibly);
    }

    assertNoEditIsLost();
  }

  @Test
  void replace_whenAnotherProcessHoldsTheLock_givesUpAfterAWhile_andWritesNothing()
      throws IOException {
    var writer = new PlanFileWriter(folder, Duration.ofMillis(50));

    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      assertThat(new PlanAppender(folder, writer).append("late"))
          .isEqualTo(
              new Result.Failed(
                  "kleos.yaml cannot be saved (another process keeps it locked): see to that and"
                      + " run the same command again"));
    }

    assertThat(file).hasContent(OLD);
    assertThat(new PlanAppender(folder, writer).append("late")).isEqualTo(new Result.Replaced());
  }

  /// A limit on the size of files stands for a disk that is full.
  @Test
  void replace_whenTheDiskIsFull_isFailed_andLeavesNothingBehind()
      throws IOException, InterruptedException {
    var limited = List.of("bash", "-c", "ulimit -f 1; exec \"$0\" \"$@\"");
    var process = start(limited, "x".repeat(4000), 1);

    assertThat(output(process))
        .isEqualTo(
            "kleos.yaml cannot be saved (File too large): see to that and run the same command"
                + " again\n");

    assertThat(process.waitFor()).isZero();
    assertThat(file).hasContent(OLD);
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  /// Until the processes are at it: they take longer to start than threads to do everything.
  private void awaitFirstEdit() throws IOException, InterruptedException {
    while (Files.size(file) == OLD.length()) {
      Thread.sleep(Duration.ofMillis(1));
    }
  }

  private Process start(List<String> before, String line, int edits) throws IOException {
    var command = new ArrayList<>(before);
    Collections.addAll(
        command,
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:-UsePerfData",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        PlanAppender.class.getName(),
        folder.toString(),
        line,
        String.valueOf(edits));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  private void assertNoEditIsLost() throws IOException {
    var lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1 + RIVALS * EDITS).startsWith("# kleos");
    assertThat(IntStream.range(0, RIVALS))
        .allSatisfy(i -> assertThat(Collections.frequency(lines, "rival " + i)).isEqualTo(EDITS));
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }
}
