package dev.kleos.iam.workflow;

import dev.kleos.iam.applier.Applier;
import dev.kleos.iam.applier.Journal;
import dev.kleos.iam.applier.Stop;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.cloud.Timer;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.google.GoogleCloud;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.Pruning;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The use cases on a fresh emulator, through Google's own client libraries.
final class Demo implements AutoCloseable {
  static final Resource.Account ACCOUNT = Resource.Account.inProject("kleos-demo", "invoker");
  static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  static final Resource.Project PROJECT = new Resource.Project("kleos-demo");

  final Emulator emulator = Emulator.start(World.demo());
  final Cloud cloud = GoogleCloud.over(emulator.channelBuilder());
  final Stop stop = new Stop();

  Previewed preview(DesiredState desired) throws InterruptedException {
    return preview(cloud).run(desired, Pruning.NONE, Overrides.NONE);
  }

  Apply.Result apply(DesiredState desired) throws InterruptedException {
    return apply(desired, Pruning.NONE, new Answering(true));
  }

  Apply.Result apply(DesiredState desired, Pruning pruning, Apply.Confirmation confirmation)
      throws InterruptedException {
    return apply(cloud).run(desired, pruning, Overrides.NONE, confirmation);
  }

  static Apply apply(Cloud cloud) {
    return new Apply(preview(cloud), applier(cloud));
  }

  static Preview preview(Cloud cloud) {
    return new Preview(cloud, InstantSource.fixed(RandomIam.NOW), Progress.NONE);
  }

  static Applier applier(Cloud cloud) {
    return applier(cloud, new Stop());
  }

  /// What stops when it is told to.
  Applier applier() {
    return applier(cloud, stop);
  }

  private static Applier applier(Cloud cloud, Stop stop) {
    return new Applier(
        cloud,
        Duration.ofMinutes(5),
        new Hurried(),
        new Random(1),
        Progress.NONE,
        stop,
        Journal.NONE);
  }

  /// Calls of a method on a resource, on the emulator's own log.
  long calls(String method, Resource resource) {
    return emulator.calls().all().stream()
        .filter(call -> call.is(method) && call.resource().equals(resource.name()))
        .count();
  }

  /// Calls that can change anything, on the emulator's own log.
  long writes() {
    return emulator.calls().all().stream()
        .map(call -> call.method().substring(call.method().indexOf('/') + 1))
        .filter(method -> !method.startsWith("Get") && !method.startsWith("List"))
        .count();
  }

  @Override
  public void close() {
    cloud.close();
    emulator.close();
  }

  /// Sleeps a hundredth of what it should.
  private static final class Hurried implements Timer {
    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      Thread.sleep(duration.dividedBy(100));
    }
  }

  /// Always the same answer; remembers what it was shown and asked.
  static final class Answering implements Apply.Confirmation {
    final List<Previewed> shown = new ArrayList<>();
    final List<Previewed> asked = new ArrayList<>();
    private final boolean answer;

    Answering(boolean answer) {
      this.answer = answer;
    }

    @Override
    public void show(Previewed previewed) {
      shown.add(previewed);
    }

    @Override
    public boolean isGiven(Previewed previewed) {
      asked.add(previewed);
      return answer;
    }
  }
}
