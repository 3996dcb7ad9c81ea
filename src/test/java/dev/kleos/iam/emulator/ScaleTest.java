package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A world of the size of a large organization; the limits are far beyond what it takes, and far
/// below what anything quadratic would.
class ScaleTest {
  private static final int POLICIES = 2000;

  @Test
  @Timeout(30)
  void twoThousandPolicies_areWrittenReadAndRewritten() {
    try (var google = Google.demo()) {
      for (var i = 0; i < POLICIES; i++) {
        google.create("account-" + i);
        google.set(
            account("account-" + i),
            policy(
                binding(
                    "roles/viewer",
                    "user:u" + i + "@example.com",
                    "serviceAccount:account-0@kleos-demo.iam.gserviceaccount.com")));
      }

      google.delete("account-0");

      assertThat(google.get(account("account-1999")).getBindings(0).getMembers(1))
          .startsWith("deleted:");
    }
  }

  @Test
  @Timeout(30)
  void tenThousandMembersOfOnePolicy_areWrittenAndSaved(@TempDir Path folder) {
    try (var google = new Google(Emulator.start(StateFile.open(folder.resolve("state.json"))))) {
      google.emulator.world().liftLimits();
      var members =
          IntStream.range(0, 10_000)
              .mapToObj(i -> "user:u" + i + "@example.com")
              .toArray(String[]::new);
      for (var i = 0; i < 5; i++) {
        google.set(Google.PROJECT, policy(binding("roles/viewer", members)));
      }
    }
    try (var again = StateFile.open(folder.resolve("state.json"))) {
      assertThat(again.world().policy(Google.PROJECT).getBindings(0).getMembersCount())
          .isEqualTo(10_000);
    }
  }

  @Test
  @Timeout(60)
  void tenThousandPoliciesInAFile_areOpenedAndRewritten(@TempDir Path folder) {
    var file = folder.resolve("state.json");
    var initial = World.demo();
    initial.write(() -> {
      IntStream.range(0, 10_000).forEach(i -> addAccount(initial, i));
      return initial;
    });
    try (var google = new Google(Emulator.start(StateFile.open(file, () -> initial)))) {
      google.create("first-write");
      var started = System.nanoTime();
      for (var i = 0; i < 20; i++) {
        google.set(account("account-77"), policy(binding("roles/viewer", "user:w@example.com")));
      }
      // Some 30 ms each where nothing else runs, and some 170 ms without what the writer remembers.
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
    }
    try (var google = new Google(Emulator.start(StateFile.open(file)))) {
      assertThat(google.get(account("account-77")).getBindings(0).getMembersList())
          .containsExactly("user:w@example.com");
      assertThat(google.get(account("account-9999")).getBindings(0).getMembersCount()).isEqualTo(5);
    }
  }

  private static void addAccount(World world, int i) {
    var added = world.accounts.create("kleos-demo", Google.email("account-" + i), "", "");
    var members =
        IntStream.range(0, 5)
            .mapToObj(member -> "user:u" + i + "-" + member + "@example.com")
            .toArray(String[]::new);
    world.policies.put(added.key(), policy(binding(Google.USER_ROLE, members)));
  }
}
