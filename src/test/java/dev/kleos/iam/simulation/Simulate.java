package dev.kleos.iam.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;

/// `make simulate`: many seeds and every broken variant, or one seed step by step.
final class Simulate {
  private static final int MOST_UNTIL_CAUGHT = 2000;
  private static final int ALL_STEPS = Integer.MAX_VALUE;

  private Simulate() {}

  /// `SEEDS`, or `seed SEED [VARIANT]`. Ends with 1 where something does not hold.
  public static void main(String[] args) throws InterruptedException {
    // Steps are compared between machines, and words with numbers are among them.
    Locale.setDefault(Locale.ROOT);
    System.exit(
        args[0].equals("seed")
            ? one(Long.parseLong(args[1]), args.length < 3 ? Variant.NONE : Variant.named(args[2]))
            : many(Integer.parseInt(args[0])));
  }

  private static int one(long seed, Variant variant) {
    var result = Simulation.traced(seed, variant);
    Report.of(result, variant, ALL_STEPS).forEach(System.out::println);
    return result.violations().isEmpty() ? 0 : 1;
  }

  private static int many(int number) throws InterruptedException {
    var begin = Instant.now();
    var seeds = Seeds.play(number, Variant.NONE);
    Report.of(seeds, Duration.between(begin, Instant.now())).forEach(System.out::println);
    System.out.println();
    Report.ofViolations(seeds.bad(), Variant.NONE).forEach(System.out::println);
    var caught = new EnumMap<Variant, Long>(Variant.class);
    for (var variant : Variant.broken()) {
      caught.put(variant, Seeds.untilCaught(variant, MOST_UNTIL_CAUGHT));
    }
    Report.of(caught).forEach(System.out::println);
    return seeds.bad().isEmpty() ? 0 : 1;
  }
}
