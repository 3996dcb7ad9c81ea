package dev.kleos.iam.script;

import dev.kleos.iam.cli.Clouds;
import dev.kleos.iam.cli.EmulatorCaller;
import dev.kleos.iam.cli.EmulatorHost;
import dev.kleos.iam.cli.LocalClouds;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.model.DesiredState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// In a script, Google is played by an emulator on the file `google.json`, which nobody furnishes.
record ScriptClouds(Path folder) implements Clouds {
  @Override
  public Cloud google(Map<String, String> env) {
    var nothing = new DesiredState(List.of(), List.of(), Map.of());
    return emulator(folder.resolve("google.json"), nothing, _ -> {});
  }

  @Override
  public Cloud emulatorAt(EmulatorHost host, EmulatorCaller caller) {
    return new LocalClouds().emulatorAt(host, caller);
  }

  @Override
  public Cloud emulator(@Nullable Path state, DesiredState desired, Consumer<String> note) {
    return new LocalClouds().emulator(state, desired, note);
  }
}
