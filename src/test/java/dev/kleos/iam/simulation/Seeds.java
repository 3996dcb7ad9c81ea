package dev.kleos.iam.simulation;

import dev.kleos.iam.simulation.Simulation.Result;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// Many seeds of one variant, on all cores: none depends on another.
///
/// @param bad those with violations, in order
/// @param processor how long all cores were at it
/// @param fingerprint the same for the same steps of all of them, on any machine
record Seeds(Tally tally, List<Result> bad, Duration processor, long fingerprint) {
  /// Plays so many seeds, from 1 on.
  static Seeds play(int number, Variant variant) throws InterruptedException {
    var next = new AtomicLong(1);
    var cores = Runtime.getRuntime().availableProcessors();
    var workers = new ArrayList<Callable<Seeds>>();
    for (var core = 0; core < cores; core++) {
      workers.add(() -> {
        var seeds = new Seeds(new Tally(), new ArrayList<>(), Duration.ZERO, 0);
        for (var seed = next.getAndIncrement(); seed <= number; seed = next.getAndIncrement()) {
          seeds = seeds.with(Simulation.of(seed, variant));
        }
        return seeds.within(
            Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()));
      });
    }
    var all = new Seeds(new Tally(), new ArrayList<>(), Duration.ZERO, 0);
    try (var threads = Executors.newFixedThreadPool(cores)) {
      for (var part : threads.invokeAll(workers)) {
        all = all.with(part.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    all.bad.sort(Comparator.comparingLong(Result::seed));
    return all;
  }

  /// The first seed, from 1 on, in which one of the invariants that have to catch a variant does.
  ///
  /// @param most how many are tried
  /// @throws AssertionError where none does
  static long untilCaught(Variant variant, int most) {
    for (var seed = 1L; seed <= most; seed++) {
      if (Simulation.of(seed, variant).violations().stream()
          .anyMatch(violation -> variant.catching().contains(violation.invariant()))) {
        return seed;
      }
    }
    throw new AssertionError(variant + " is not caught within " + most + " seeds");
  }

  private Seeds with(Result result) {
    tally.add(result.tally());
    if (!result.violations().isEmpty()) {
      bad.add(result);
    }
    return new Seeds(tally, bad, processor, fingerprint ^ result.fingerprint());
  }

  private Seeds within(Duration time) {
    return new Seeds(tally, bad, time, fingerprint);
  }

  private Seeds with(Seeds other) {
    tally.add(other.tally);
    bad.addAll(other.bad);
    return new Seeds(tally, bad, processor.plus(other.processor), fingerprint ^ other.fingerprint);
  }
}
