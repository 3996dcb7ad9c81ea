package dev.kleos.iam.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Gives a target its corpus and then inputs by number. What breaks a property is written to a
/// folder below `target`, to be kept in the corpus once it is mended.
record Fuzzing(Target target, Path findings) {
  /// Far above what any input takes on a slow machine: who is not done by then never will be.
  private static final Duration HANG = Duration.ofSeconds(10);

  private static final Path CORPUS = Path.of("src/test/resources/fuzz");
  private static final int MOST_FINDINGS = 20;

  /// What came of many inputs.
  ///
  /// @param outcomes how often each was reached
  /// @param findings by the name of the input, what it broke
  record Tally(
      String target,
      int inputs,
      int accepted,
      SortedMap<String, Integer> outcomes,
      Map<String, Throwable> findings,
      Duration time) {}

  /// The inputs that were kept, by name.
  static List<Path> corpus(Target target) {
    var folder = CORPUS.resolve(target.name());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The input of a number.
  static byte[] input(Target target, int number) {
    return target.input(new Random(number));
  }

  /// Tries some files, and the inputs from 0.
  Tally run(List<Path> files, int inputs) throws InterruptedException {
    var begin = Instant.now();
    var findings = new LinkedHashMap<String, Throwable>();
    var outcomes = new TreeMap<String, Integer>();
    var accepted = 0;
    var tried = 0;
    try (var threads = new Threads()) {
      for (var i = -files.size(); i < inputs && findings.size() < MOST_FINDINGS; i++) {
        var name = i < 0 ? files.get(i + files.size()).toString() : "input-" + i;
        var input = i < 0 ? read(Path.of(name)) : input(target, i);
        tried++;
        try {
          var verdict = threads.run(target, input);
          accepted += verdict.isAccepted() ? 1 : 0;
          verdict.outcomes().forEach(it -> outcomes.merge(it, 1, Integer::sum));
        } catch (ExecutionException e) {
          findings.put(name, e.getCause() == null ? e : e.getCause());
          keep(name, input);
        } catch (TimeoutException e) {
          findings.put(name, new AssertionError("not done after " + HANG, e));
          keep(name, input);
        }
      }
    }
    return new Tally(
        target.name(), tried, accepted, outcomes, findings, Duration.between(begin, Instant.now()));
  }

  private void keep(String name, byte[] input) {
    try {
      var folder = Files.createDirectories(findings.resolve(target.name()));
      Files.write(folder.resolve(Path.of(name).getFileName()), input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A thread that is given up where it hangs.
  private static final class Threads implements AutoCloseable {
    private ExecutorService thread = start();

    Target.Verdict run(Target target, byte[] input)
        throws InterruptedException, ExecutionException, TimeoutException {
      var running = thread.submit(() -> target.run(input));
      try {
        return running.get(HANG.toSeconds(), TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        thread.shutdownNow();
        thread = start();
        throw e;
      }
    }

    private static ExecutorService start() {
      return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    }

    @Override
    public void close() {
      thread.shutdownNow();
    }
  }
}
