package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.google.GoogleCloud;
import dev.kleos.iam.model.DesiredState;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Google is an emulator that a test holds, and services answer as it says.
record StagedClouds(Emulator emulator, Endpoints endpoints) implements Clouds {
  @Override
  public Cloud google(Map<String, String> env) {
    return GoogleCloud.over(emulator.channelBuilder(), endpoints, () -> {});
  }

  @Override
  public Cloud emulatorAt(EmulatorHost host, EmulatorCaller caller) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Cloud emulator(@Nullable Path state, DesiredState desired, Consumer<String> note) {
    return google(Map.of());
  }
}
