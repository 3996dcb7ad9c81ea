package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.model.DesiredState;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whatever is asked for, it is the same.
public record OneCloud(Supplier<Cloud> cloud) implements Clouds {
  @Override
  public Cloud google(Map<String, String> env) {
    return cloud.get();
  }

  @Override
  public Cloud emulatorAt(EmulatorHost host, EmulatorCaller caller) {
    return cloud.get();
  }

  @Override
  public Cloud emulator(@Nullable Path state, DesiredState desired, Consumer<String> note) {
    return cloud.get();
  }
}
