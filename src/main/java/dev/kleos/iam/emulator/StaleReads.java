package dev.kleos.iam.emulator;

import com.google.iam.v1.Policy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Remembers what each policy was before its last write, and answers reads with that for a while.
final class StaleReads implements Staging, PolicyWatch {
  private final World world;
  private final Clock clock;
  private final Optional<Duration> time;
  private final Map<String, Write> last = new HashMap<>();

  StaleReads(World world, Clock clock, Optional<Duration> time) {
    this.world = world;
    this.clock = clock;
    this.time = time;
    world.policies.watchedBy(this);
  }

  @Override
  public Optional<Effect> on(Call call, Object request) {
    return Optional.of(call)
        .filter(each -> each.is("GetIamPolicy"))
        .flatMap(each -> ResourceName.parse(each.resource()))
        .flatMap(world::key)
        .flatMap(key -> Optional.ofNullable(last.get(key)))
        .filter(write -> time.filter(each -> isOver(write.time.plus(each))).isEmpty())
        .map(write -> new Effect.Stale(write.before));
  }

  @Override
  public void ended() {
    world.policies.watchedNoMore(this);
  }

  @Override
  public void written(String key, Policy before, Policy policy) {
    last.put(key, new Write(clock.instant(), before));
  }

  @Override
  public void renamed(UnaryOperator<Policy> change) {
    last.replaceAll((_, write) -> new Write(write.time, change.apply(write.before)));
  }

  @Override
  public void restarted(Map<String, Policy> now) {
    last.clear();
  }

  private boolean isOver(Instant end) {
    return !clock.instant().isBefore(end);
  }

  private record Write(Instant time, Policy before) {}
}
