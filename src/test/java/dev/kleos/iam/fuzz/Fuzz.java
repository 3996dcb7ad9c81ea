package dev.kleos.iam.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// `make fuzz`: many inputs for every target, or for those that are named.
final class Fuzz {
  static final Path FINDINGS = Path.of("target/fuzz");

  private static final int SHOWN_FRAMES = 6;

  private Fuzz() {}

  /// Everything that is fuzzed.
  static List<Target> targets() {
    try {
      var folder = FINDINGS.resolve("stages").toAbsolutePath();
      return List.of(
          new PlanTarget(),
          new JournalTarget(fresh(folder.resolve("journal"))),
          new SavedTarget(fresh(folder.resolve("saved"))),
          new AnswersTarget(fresh(folder.resolve("answers"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path fresh(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(folder);
  }

  /// `INPUTS [TARGET...]`. Ends with 1 where something was found.
  public static void main(String[] args) throws InterruptedException {
    Locale.setDefault(Locale.ROOT);
    var names = List.of(args).subList(1, args.length);
    var found = 0;
    for (var target : targets()) {
      if (names.isEmpty() || names.contains(target.name())) {
        var inputs = Math.max(1, Integer.parseInt(args[0]) / target.cost());
        var tally = new Fuzzing(target, FINDINGS).run(Fuzzing.corpus(target), inputs);
        print(tally);
        found += tally.findings().size();
      }
    }
    System.exit(found == 0 ? 0 : 1);
  }

  private static void print(Fuzzing.Tally tally) {
    System.out.printf(
        "%-8s %,d inputs: %,d taken, %,d refused, %d outcomes, %d findings, %,d s%n",
        tally.target(),
        tally.inputs(),
        tally.accepted(),
        tally.inputs() - tally.accepted() - tally.findings().size(),
        tally.outcomes().size(),
        tally.findings().size(),
        tally.time().toSeconds());
    System.out.println("         " + tally.outcomes());
    tally
        .findings()
        .forEach((name, what) -> {
          System.out.println("FOUND by " + name + ", kept in " + FINDINGS.resolve(tally.target()));
          System.out.println("  " + what.toString().lines().limit(SHOWN_FRAMES).toList());
          for (var frame : List.of(what.getStackTrace()).stream().limit(SHOWN_FRAMES).toList()) {
            System.out.println("    at " + frame);
          }
        });
  }
}
