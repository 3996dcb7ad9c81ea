package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.model.DesiredState;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What commands can talk to.
public interface Clouds {
  /// Told as soon as it is known that Google will be connected to: there is work for that which
  /// takes time and can be done meanwhile.
  default void prepareForGoogle() {}

  /// Google, as the user of the Application Default Credentials.
  ///
  /// @param env what says where those are, and how Google is reached
  Cloud google(Map<String, String> env);

  /// The same as the person or program behind those credentials, where they impersonate an account.
  default Cloud googleAsOneself(Map<String, String> env) {
    return google(env);
  }

  /// A running emulator in another process.
  ///
  /// @throws dev.kleos.iam.cloud.CloudException.Unavailable where none answers
  Cloud emulatorAt(EmulatorHost host, EmulatorCaller caller);

  /// An emulator inside this process, furnished with the projects and services that the plan names.
  ///
  /// @param state where its world is kept; null where it is forgotten
  /// @param note told, in a sentence, of everything that was furnished
  Cloud emulator(@Nullable Path state, DesiredState desired, Consumer<String> note);
}
