package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
}
