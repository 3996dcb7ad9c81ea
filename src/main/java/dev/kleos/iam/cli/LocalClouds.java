package dev.kleos.iam.cli;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.StateFile;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.google.GoogleCloud;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Resource;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The clouds that this machine can reach.
public final class LocalClouds implements Clouds {
  @Override
  public void prepareForGoogle() {
    GoogleCloud.prepare();
  }

  @Override
  public Cloud google(Map<String, String> env) {
    return GoogleCloud.withDefaultCredentials(env, false);
  }

  @Override
  public Cloud googleAsOneself(Map<String, String> env) {
    return GoogleCloud.withDefaultCredentials(env, true);
  }

  @Override
  public Cloud emulatorAt(EmulatorHost host, EmulatorCaller caller) {
    host.reach();
    return GoogleCloud.onEmulator(host.address(), host.grpcPort(), caller.token(), caller.email());
  }

  @Override
  public Cloud emulator(@Nullable Path state, DesiredState desired, Consumer<String> note) {
    var emulator =
        state == null ? Emulator.start(World.demo()) : Emulator.start(StateFile.open(state));
    furnish(emulator.world(), desired, note);
    return GoogleCloud.over(
        emulator.channelBuilder(), new EmbeddedEndpoints(emulator), emulator::close);
  }

  /// Projects, services and accounts of other projects cannot be created by a plan, so a missing
  /// one would end every rehearsal.
  static void furnish(World world, DesiredState desired, Consumer<String> note) {
    var projects = new LinkedHashSet<String>();
    desired.accounts().forEach(account -> projects.add(account.resource().projectId()));
    for (var policy : desired.policies()) {
      switch (policy.resource()) {
        case Resource.Account _ -> {}
        case Resource.Service service -> projects.add(service.projectId());
        case Resource.Project project -> projects.add(project.projectId());
      }
    }
    var own =
        desired.accounts().stream()
            .map(account -> (Resource) account.resource())
            .collect(toUnmodifiableSet());
    for (var project : projects) {
      var number = desired.projectNumbers().get(project);
      if (number == null ? world.ensureProject(project) : world.ensureProject(project, number)) {
        note.accept("the emulator had no project " + project + "; it was created");
      }
    }
    for (var policy : desired.policies()) {
      if (policy.resource() instanceof Resource.Service(var project, var region, var service)
          && world.ensureService(project, region, service)) {
        note.accept("the emulator had no service " + region + "/" + service + "; it was created");
      }
      if (policy.resource() instanceof Resource.Account(var project, var email)
          && !own.contains(policy.resource())
          && !project.equals("-")
          && world.ensureAccount(project, email)) {
        note.accept("the emulator had no account " + email + "; it was created");
      }
    }
  }
}
