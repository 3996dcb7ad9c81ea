package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.emulator.server.EmulatorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ctrl-C in the middle of a write, in a process of its own, with an emulator that lets it wait.
@Timeout(120)
class InterruptedWritesTest {
  private static final String SERVICE =
      "projects/kleos-demo/locations/us-central1/services/kleos-service";
  private static final String INVOKER = "invoker@kleos-demo.iam.gserviceaccount.com";
  private static final String ACCOUNT = "projects/kleos-demo/serviceAccounts/" + INVOKER;
  private static final String FINISHING =
      "Interrupted: finishing the writes in flight; Ctrl-C again to end at once.";
  private static final String GOES_ON = "Interrupted: the same command again goes on from there.\n";
  private static final String PLAN =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      serviceAccounts:
        invoker:
          users:
            - user:alice@example.com
      services:
        kleos-service:
          invokers:
            - user:alice@example.com
      """;

  private final Emulator emulator = Emulator.start(World.demo());
  private final EmulatorServer server = EmulatorServer.start(emulator, 0);
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("kleos-iam.yaml"), PLAN);
  }

  @AfterEach
  void stop() {
    released.countDown();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void apply_finishesTheCreationInFlight_andStartsNoOtherWrite(String signal) throws Exception {
    holding("CreateServiceAccount", "projects/kleos-demo");
    try (var run = start("apply", "--yes")) {
      stopInFlight(run, signal);
      assertThat(run.printed())
          .contains(
              "done       service account "
                  + INVOKER
                  + "  1 account created\n"
                  + "not done   service account "
                  + INVOKER
                  + "\n"
                  + "not done   Cloud Run service kleos-service in us-central1\n"
                  + "\n"
                  + "Applied: 1 account created · 2 changes NOT DONE.")
          .endsWith(GOES_ON);
    }
    assertThat(emulator.calls().count("SetIamPolicy")).isZero();
    assertThat(emulator.world().policy(SERVICE).getBindingsList()).isEmpty();

    emulator.onCall(_ -> {});
    try (var again = start("apply", "--yes")) {
      assertThat(again.end()).endsWith("exit 0");
      assertThat(again.printed()).contains("Applied: 4 grants added.");
    }
  }

  @Test
  void apply_interruptedTwice_endsAtOnce_andSaysThatItDoesNotKnow() throws Exception {
    holding("CreateServiceAccount", "projects/kleos-demo");
    try (var run = start("apply", "--yes")) {
      arrived.await();
      run.signal("INT");
      run.awaitComplaint(FINISHING);
      run.signal("INT");

      assertThat(run.end())
          .endsWith(
              "Interrupted: 0 of 3 changes are done. What became of those in flight is not known:"
                  + " kleos-iam plan shows it.\nexit 130");
    }
    assertThat(emulator.calls().count("SetIamPolicy")).isZero();
  }

  @Test
  void grant_finishesItsWrite_andKeepsItsLine() throws Exception {
    holding("SetIamPolicy", SERVICE);
    try (var run = start("grant", "carol@example.com", "--service", "kleos-service", "--yes")) {
      stopInFlight(run, "INT");
      assertThat(run.printed())
          .contains("saved      kleos-iam.yaml\n")
          .contains("Granted: 1 grant added.")
          .endsWith("Interrupted; by then all of it was done.\n");
    }
    assertThat(members(SERVICE)).containsExactly("user:carol@example.com");
    assertThat(folder.resolve("kleos-iam.yaml")).content().contains("carol@example.com");
  }

  @Test
  void grant_stoppedBeforeItsWrite_takesItsLineBack() throws Exception {
    rivalWritesWhileHeld(SERVICE);
    try (var run = start("grant", "carol@example.com", "--service", "kleos-service", "--yes")) {
      stopInFlight(run, "INT");
      assertThat(run.printed())
          .contains("put back   kleos-iam.yaml  it is as it was\n")
          .contains("not done   Cloud Run service kleos-service in us-central1\n")
          .contains("Not granted: 1 change NOT DONE.")
          .endsWith(GOES_ON);
    }
    assertThat(members(SERVICE)).containsExactly("user:rival@example.com");
    assertThat(folder.resolve("kleos-iam.yaml")).hasContent(PLAN);
  }

  @Test
  void revoke_keepsTheLinesWhoseGrantsWereNotEnded() throws Exception {
    try (var apply = start("apply", "--yes")) {
      assertThat(apply.end()).endsWith("exit 0");
    }
    rivalWritesWhileHeld(SERVICE);
    try (var run = start("revoke", "alice@example.com", "--yes")) {
      stopInFlight(run, "INT");
      assertThat(run.printed())
          .contains("done       service account " + INVOKER)
          .contains("not done   Cloud Run service kleos-service in us-central1\n")
          .contains("saved      kleos-iam.yaml\n")
          .contains("Revoked: 3 grants REMOVED · 1 change NOT DONE.")
          .endsWith(GOES_ON);
    }
    assertThat(members(ACCOUNT)).isEmpty();
    assertThat(members(SERVICE)).contains("user:rival@example.com");
    assertThat(folder.resolve("kleos-iam.yaml"))
        .hasContent(
            """
            version: 1
            project: kleos-demo
            region: us-central1
            serviceAccounts:
              invoker:
            services:
              kleos-service:
                invokers:
                  - user:alice@example.com
            """);
  }

  /// Asks it to stop while the call is held, and then lets the call go on.
  private void stopInFlight(InterruptedRun run, String signal) throws Exception {
    arrived.await();
    run.signal(signal);
    run.awaitComplaint(FINISHING);
    released.countDown();

    assertThat(run.end()).endsWith("exit 130");
  }

  /// Lets the first such call wait.
  private void holding(String method, String resource) {
    emulator.onCall(call -> {
      if (call.is(method) && call.resource().equals(resource) && arrived.getCount() > 0) {
        hold();
      }
    });
  }

  /// Lets the first write of this policy wait, and somebody else write meanwhile.
  private void rivalWritesWhileHeld(String resource) {
    var rival =
        Binding.newBuilder().setRole("roles/run.invoker").addMembers("user:rival@example.com");
    emulator.onCall(call -> {
      if (call.is("SetIamPolicy") && call.resource().equals(resource) && arrived.getCount() > 0) {
        hold();
        var policy = emulator.world().policy(resource).toBuilder().addBindings(rival);
        emulator.world().putPolicy(resource, policy.build());
      }
    });
  }

  private void hold() {
    arrived.countDown();
    try {
      assertThat(released.await(9, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> members(String resource) {
    Policy policy = emulator.world().policy(resource);
    return policy.getBindingsList().stream()
        .flatMap(binding -> binding.getMembersList().stream())
        .toList();
  }

  private InterruptedRun start(String... args) throws IOException {
    return InterruptedRun.start(folder, Map.of(EmulatorHost.VARIABLE, server.host()), args);
  }
}
