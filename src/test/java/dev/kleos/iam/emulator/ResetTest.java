package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.iam.v1.Policy;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ResetTest {
  private static final Policy ALICE = policy(binding("roles/viewer", "user:alice@example.com"));
  private static final Policy BOB = policy(binding("roles/viewer", "user:bob@example.com"));

  @TempDir private Path folder;

  @Test
  void reset_isTheWorldOfTheStart_andForgetsTheCalls() throws IOException {
    var world = World.demo();
    world.ensureAccount("kleos-demo", Google.email("first"));
    world.putPolicy(PROJECT, ALICE);
    var before = Google.written(world);
    try (var google = new Google(Emulator.start(world))) {
      google.create("second");
      google.delete("first");
      google.set(SERVICE, policy(binding("roles/run.invoker", "allUsers")));
      world.ensureService("another", "europe-west1", "s");
      world.liftLimits();
      assertThat(Google.written(world)).isNotEqualTo(before);

      google.emulator.reset();

      assertThat(Google.written(world)).isEqualTo(before);
      assertThat(google.emulator.calls().all()).isEmpty();
      assertThat(google.get(SERVICE)).isEqualTo(Policies.NEVER_SET);
      assertThat(google.create("second").getEmail()).isEqualTo(Google.email("second"));
    }
  }

  @Test
  void afterAReset_noUniqueIdIsGivenOutAgain_andOldTokensStayDead() {
    try (var google = new Google(Emulator.start(World.demo()))) {
      var first = google.create("invoker").getUniqueId();
      var token = google.accessToken("invoker");

      google.emulator.reset();
      var second = google.create("invoker").getUniqueId();
      assertThat(google.emulator.callerOf("Bearer " + token)).isEqualTo("unknown");

      google.emulator.reset();
      assertThat(List.of(first, second, google.create("invoker").getUniqueId()))
          .doesNotHaveDuplicates();
    }
    try (var again = new Google(Emulator.start(World.demo()));
        var another = new Google(Emulator.start(World.demo()))) {
      assertThat(again.create("invoker")).isEqualTo(another.create("invoker"));
    }
  }

  @Test
  void reset_ofAPolicyThatChanged_mintsAnEtag_soThatNobodyWritesOverItUnawares() {
    var world = World.demo();
    world.putPolicy(PROJECT, ALICE);
    try (var google = new Google(Emulator.start(world))) {
      var first = google.get(PROJECT);
      var second = google.set(PROJECT, BOB);

      google.emulator.reset();

      var third = google.get(PROJECT);
      assertThat(third.getBindingsList()).isEqualTo(first.getBindingsList());
      assertThat(List.of(first.getEtag(), second.getEtag(), third.getEtag()))
          .doesNotHaveDuplicates();
      for (var stale : List.of(first, second)) {
        assertThat(failure(() -> google.set(PROJECT, stale)).getStatus().getCode())
            .isEqualTo(Code.ABORTED);
      }
      assertThat(google.set(PROJECT, third).getEtag()).isNotIn(first.getEtag(), second.getEtag());
    }
  }

  @Test
  void reset_ofAStateFile_isWhatItHeldAtTheStart_savedLikeAnyChange() {
    var file = folder.resolve("state.json");
    var initial = World.empty();
    initial.ensureProject("p");
    try (var google = new Google(Emulator.start(StateFile.open(file, () -> initial)))) {
      google.set("projects/p", ALICE);
    }
    try (var google = new Google(Emulator.start(StateFile.open(file, () -> initial)))) {
      google.set("projects/p", google.get("projects/p").toBuilder().clearBindings().build());
      google.emulator.world().ensureProject("too-late");

      google.emulator.reset();

      assertThat(google.get("projects/p").getBindingsList()).isEqualTo(ALICE.getBindingsList());
      assertThat(WorldFile.read(file).map(String::new))
          .hasValueSatisfying(
              content -> assertThat(content).contains("\"p\"", "alice").doesNotContain("too-late"));
    }
  }

  @Test
  void reset_thatCannotBeSaved_changesNothing_andKeepsTheLog() throws IOException {
    var file = folder.resolve("state.json");
    try (var google = new Google(Emulator.start(StateFile.open(file)))) {
      google.create("invoker");
      var written = google.set(PROJECT, ALICE);
      Files.delete(file);
      Files.createDirectories(file.resolve("in-the-way"));

      assertThatThrownBy(google.emulator::reset)
          .isInstanceOf(StateFileException.class)
          .hasMessageContaining("the emulator cannot save its state, and changed nothing");

      assertThat(google.get(PROJECT)).isEqualTo(written);
      assertThat(google.get(Google.account("invoker"))).isEqualTo(Policies.NEVER_SET);
      assertThat(google.emulator.calls().count("CreateServiceAccount")).isEqualTo(1);
    }
  }

  @Test
  void reset_isSeenWholeOrNotAtAll() throws Exception {
    var world = World.empty();
    var projects = IntStream.range(0, 50).mapToObj(i -> "projects/p" + i).toList();
    for (var project : projects) {
      world.ensureProject(project.substring("projects/".length()));
    }
    try (var google = new Google(Emulator.start(world));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var resets =
          threads.submit(() -> {
            for (var i = 0; i < 100; i++) {
              world.write(() -> {
                projects.forEach(it -> world.policies.put(it, ALICE));
                return null;
              });
              google.emulator.reset();
            }
          });
      while (!resets.isDone()) {
        var set =
            world.read(() ->
                projects.stream()
                    .filter(it -> world.policies.get(it).getBindingsCount() > 0)
                    .count());
        assertThat(set).isIn(0L, 50L);
      }
      resets.get();
    }
  }

  @Test
  void worldRead_readsAFile_andLeavesItAlone() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("world.json"),
            "{\"kleosIamEmulator\": 1, \"projects\": {\"p\": {\"number\": \"1\"}}}");
    var content = Files.readString(file);

    World.read(file).ensureProject("q");

    assertThat(World.read(file).policy("projects/p")).isEqualTo(Policies.NEVER_SET);
    assertThat(file).hasContent(content);
    assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.lock");
  }

  @Test
  void worldRead_complainsAsAStateFileDoes() throws IOException {
    var missing = folder.resolve("missing.json");
    var foreign = Files.writeString(folder.resolve("plan.yaml"), "version: 1\n");

    assertThatThrownBy(() -> World.read(missing))
        .isInstanceOf(StateFileException.class)
        .hasMessage(missing + ": there is no such file; name one that is there");
    assertThatThrownBy(() -> World.read(foreign))
        .isInstanceOf(StateFileException.class)
        .hasMessageStartingWith(foreign + ": is no state file of the emulator: it is not JSON");
    assertThatThrownBy(() -> World.read(folder))
        .isInstanceOf(StateFileException.class)
        .hasMessageContaining("no regular file");
  }

  @Test
  void aPolicyOfAWorldFileWithoutAnEtag_hasOneThatFollowsFromItsContent() throws IOException {
    var text =
        """
        {"kleosIamEmulator": 1, "projects": {"p": {"number": "1"}}, "policies": {
          "projects/p": {"bindings": [{"role": "roles/viewer", "members": ["user:%s@b.c"]}]}}}
        """;
    var alice = Files.writeString(folder.resolve("alice.json"), text.formatted("alice"));
    var bob = Files.writeString(folder.resolve("bob.json"), text.formatted("bob"));

    var etag = World.read(alice).policy("projects/p").getEtag();

    assertThat(World.read(alice).policy("projects/p").getEtag()).isEqualTo(etag);
    assertThat(World.read(bob).policy("projects/p").getEtag())
        .isNotEqualTo(etag)
        .isNotEqualTo(Policies.NEVER_SET.getEtag());
  }
}
