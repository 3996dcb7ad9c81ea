package dev.kleos.iam.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// `make fuzz`: many inputs for every target, or for those that are named.
final class Fuzz {
  static final Path FINDINGS = Path.of("target/fuzz");

  private static final int SHOWN_FRAMES = 6;

  private Fuzz() {}

  /// Everything that is fuzzed.
  ///
  /// @param folder where they may keep files
  static List<Target> targets(Path folder) throws IOException {
    return List.of(
        new PlanTarget(),
        new JournalTarget(Files.createDirectories(folder.resolve("journal"))),
        new SavedTarget(Files.createDirectories(folder.resolve("saved"))),
        new AnswersTarget(Files.createDirectories(folder.resolve("answers"))));
  }

  /// `INPUTS [TARGET...]`. Ends with 1 where something was found.
  public static void main(String[] args) throws IOException, InterruptedException {
    Locale.setDefault(Locale.ROOT);
    var names = List.of(args).subList(1, args.length);
    var found = 0;
    for (var target : targets(Files.createTempDirectory("kleos-iam-fuzz"))) {
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
