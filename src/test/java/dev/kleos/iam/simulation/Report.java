package dev.kleos.iam.simulation;

import dev.kleos.iam.simulation.Simulation.Result;
import dev.kleos.iam.simulation.Tally.What;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// What is printed of seeds, for people.
final class Report {
  private static final int MOST_SEEDS = 3;
  private static final int MOST_STEPS = 40;

  private Report() {}

  /// What many seeds came to.
  static List<String> of(Seeds seeds, Duration time) {
    var tally = seeds.tally();
    var lines = new ArrayList<String>();
    lines.add(
        number(tally.of(What.SEEDS))
            + " seeds in "
            + seconds(time)
            + ", "
            + seconds(seeds.processor())
            + " of processor time: "
            + (seeds.bad().isEmpty() ? "no violation" : seeds.bad().size() + " with violations"));
    lines.add("");
    lines.add("What happened");
    for (var what : What.values()) {
      lines.add(row(tally.of(what), what.toString()));
    }
    lines.add("");
    lines.add("What went wrong, " + number(tally.faults()) + " times");
    Stream.of(Fault.values())
        .sorted(Comparator.<Fault>comparingLong(tally::of).reversed())
        .forEach(fault -> lines.add(row(tally.of(fault), fault.toString())));
    lines.add("");
    lines.add("Fingerprint of every step: " + String.format("%016x", seeds.fingerprint()));
    return lines;
  }

  /// After how many seeds each broken variant was caught.
  static List<String> of(Map<Variant, Long> caught) {
    var lines = new ArrayList<String>();
    lines.add("Broken on purpose, and caught after so many seeds");
    caught.forEach((variant, seed) ->
        lines.add(
            row(seed, String.format("%-34s", variant))
                + variant.catching().stream().map(Enum::name).sorted().toList()));
    return lines;
  }

  /// What did not hold, and how to see it again.
  static List<String> ofViolations(List<Result> bad, Variant variant) {
    var lines = new ArrayList<String>();
    for (var result : bad.subList(0, Math.min(bad.size(), MOST_SEEDS))) {
      lines.addAll(of(result, variant, MOST_STEPS));
      lines.add("");
    }
    if (bad.size() > MOST_SEEDS) {
      lines.add("and " + (bad.size() - MOST_SEEDS) + " more seeds");
    }
    return lines;
  }

  /// One seed.
  ///
  /// @param most how many of its steps are shown, at most
  static List<String> of(Result result, Variant variant, int most) {
    var lines = new ArrayList<String>();
    var steps = result.steps();
    lines.addAll(steps.subList(Math.max(0, steps.size() - most), steps.size()));
    lines.add("");
    for (var violation : result.violations()) {
      lines.add("VIOLATION " + violation.invariant().name() + ": " + violation.invariant() + ",");
      lines.add("  but " + violation.what());
    }
    lines.add(
        result.violations().isEmpty()
            ? "Seed " + result.seed() + ": no violation"
            : "Again: "
                + "make simulate SEED="
                + result.seed()
                + (variant == Variant.NONE ? "" : " VARIANT=" + variant));
    return lines;
  }

  private static String row(long number, String what) {
    return String.format(Locale.ROOT, "%,14d  %s", number, what);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
