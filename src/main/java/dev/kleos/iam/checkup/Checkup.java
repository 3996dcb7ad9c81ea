package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.planfile.CompiledPlan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Walks a road step by step: as oneself by doing what the road takes, for others by reading. Each
/// fault is said once, where it is; what depends on it is not looked at.
///
/// @param plan of one project
/// @param timeout for the call of the service
public record Checkup(
    Cloud cloud, CompiledPlan plan, Road road, Ways ways, InstantSource clock, Duration timeout) {
  /// Without which nobody connects.
  private static final Set<Stage> WHY = Set.of(Stage.CREDENTIALS, Stage.NETWORK);

  /// The project of the road.
  String project() {
    return plan.origins().projects().values().iterator().next();
  }

  /// The steps where there was no way to connect.
  ///
  /// @param local what was found on this machine; where the credentials or the way are broken in
  ///   it, that is why
  public static List<Step> unconnected(List<Step> local, CloudException why, Ways ways) {
    if (local.stream().anyMatch(step -> step.isBroken() && WHY.contains(step.stage()))) {
      return local;
    }
    var failure = why.failure();
    var advice = Refusals.advice(why);
    if (!failure.code().equals(Refusals.UNAUTHENTICATED)) {
      var step = Step.broken(Stage.NETWORK, Refusals.brief(why), advice);
      return Stream.concat(local.stream(), Stream.of(step)).toList();
    }
    var step = Step.broken(Stage.CREDENTIALS, Refusals.brief(why), advice);
    return local.isEmpty()
        ? List.of(step)
        : Stream.concat(Stream.of(ways.mended(step)), local.stream().skip(1)).toList();
  }

  /// Walks.
  ///
  /// @param local what was found on this machine, in order; the first is about credentials
  /// @param told of each step as soon as it stands
  /// @return all of them
  public List<Step> walk(List<Step> local, Consumer<Step> told) throws InterruptedException {
    try (var ahead = new Ahead()) {
      var walk = new Walk(this, ahead, told);
      try {
        walk.run(local);
      } catch (InterruptedException e) {
        ahead.abandon();
        throw e;
      }
      return walk.steps();
    }
  }
}
