package jmh;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.Unmanaged;
import dev.kleos.iam.planner.Planner;
import dev.kleos.iam.planner.Pruning;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The pure core on a policy far beyond Google's limits, under the launcher's compiler and
/// collector, in a heap where the collector has little to do. Half of the grants that are wanted
/// are there, and half of those that are there are wanted.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms5g", "-Xmx5g", "-Xmn4g"})
public class GrantsBenchmark {
  private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

  @Param({"100000", "1000000"})
  int grants;

  private Set<Grant> held;
  private Set<Grant> wanted;
  private DesiredState desired;
  private LiveState live;

  /// Principals of their own on both sides, as the wire and a plan file make them.
  @Setup
  public void fill() {
    held = grants(0, grants);
    wanted = grants(grants / 2, grants + grants / 2);
    var account = Resource.Account.inProject("kleos-demo", "kleos-invoker");
    desired =
        new DesiredState(
            List.of(),
            List.of(
                new DesiredPolicy(
                    account,
                    wanted,
                    Map.of(),
                    Set.copyOf(Role.IMPERSONATION),
                    Set.of(),
                    Unmanaged.REMOVE)),
            Map.of());
    live = new LiveState(Map.of(), Map.of(account, new Live.Read<>(AllowPolicy.of("BwY=", held))));
  }

  @Benchmark
  public GrantDiff diff() {
    return GrantDiff.between(held, wanted);
  }

  /// The diff, and whose each grant is, and what was found on the way.
  @Benchmark
  public ChangeSet plan() {
    return Planner.plan(desired, live, Pruning.NONE, NOW);
  }

  private static Set<Grant> grants(int from, int to) {
    var grants = new LinkedHashSet<Grant>();
    for (var i = from; i < to; i++) {
      grants.add(
          Grant.of(
              Role.IMPERSONATION.get(i % 3), Principal.of("user:user-" + i / 3 + "@example.com")));
    }
    return grants;
  }
}
