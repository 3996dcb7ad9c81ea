package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.google.GoogleCloud;
import dev.kleos.iam.model.DesiredState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command line where others write at the same time, and where nobody can read what it says.
class ConflictTest implements Clouds {
  private static final String SERVICE =
      "projects/kleos-demo/locations/us-central1/services/kleos-service";
  private static final String PLAN =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      services:
        kleos-service: {invokers: ['user:alice@example.com']}
      """;

  private final Emulator emulator = Emulator.start(World.demo());
  private final Printed out = new Printed();
  private final Printed err = new Printed();

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void stop() {
    emulator.close();
  }

  @Test
  void apply_whereOthersNeverStopWriting_endsWithCode4() throws Exception {
    emulator.onCall(call -> {
      if (call.is("SetIamPolicy")) {
        emulator.world().putPolicy(SERVICE, emulator.world().policy(SERVICE));
      }
    });

    assertThat(apply(out, "--timeout", "1s")).isEqualTo(ExitCode.CONFLICT);
    assertThat(out.text()).contains("CONFLICT").contains("run the same command again");
  }

  @Test
  void apply_whereOthersWriteOnce_keepsWhatTheyWrote_andSaysSo() throws Exception {
    var rival = Binding.newBuilder().setRole("roles/run.viewer").addMembers("user:r@example.com");
    emulator.onCall(call -> {
      if (call.is("SetIamPolicy")) {
        emulator.onCall(_ -> {});
        emulator.world().putPolicy(SERVICE, Policy.newBuilder().addBindings(rival).build());
      }
    });

    assertThat(apply(out)).isEqualTo(ExitCode.DONE);
    assertThat(out.text()).contains("others wrote at the same time");
    assertThat(emulator.world().policy(SERVICE).getBindingsList())
        .contains(rival.build())
        .hasSize(2);
  }

  @Test
  void apply_whoseChangesCannotBeShown_writesNothing() throws Exception {
    var full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };

    assertThat(apply(full)).isEqualTo(ExitCode.REFUSED);
    assertThat(err.text()).contains("Not applied: what would change could not be shown.");
    assertThat(emulator.calls().count("SetIamPolicy")).isZero();
  }

  @Override
  public Cloud google(Map<String, String> env) {
    return GoogleCloud.over(emulator.channelBuilder());
  }

  @Override
  public Cloud emulatorAt(EmulatorHost host, EmulatorCaller caller) {
    return google(Map.of());
  }

  @Override
  public Cloud emulator(@Nullable Path state, DesiredState desired, Consumer<String> note) {
    return google(Map.of());
  }

  private int apply(OutputStream out, String... options) throws Exception {
    Files.writeString(folder.resolve("kleos-iam.yaml"), PLAN);
    var args = new String[options.length + 2];
    args[0] = "apply";
    args[1] = "--yes";
    System.arraycopy(options, 0, args, 2, options.length);
    return CommandLines.run(Unattended.in(folder, this, out, err), args);
  }
}
