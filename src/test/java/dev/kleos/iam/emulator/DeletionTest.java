package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.USER_ROLE;
import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.email;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.AuditConfig;
import com.google.iam.v1.AuditLogConfig;
import io.grpc.Status.Code;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeletionTest {
  private static final String INVOKER = "roles/run.invoker";
  private static final String MEMBER = "serviceAccount:" + email("invoker");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
  private final Google google = Google.demo(new MovableClock(now));

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void delete_turnsTheMemberOfEveryPolicyIntoADeletedOne() {
    var uid = google.create("invoker").getUniqueId();
    var before = google.set(SERVICE, policy(binding(INVOKER, MEMBER, "user:alice@example.com")));
    var logs = AuditLogConfig.newBuilder().addExemptedMembers(MEMBER);
    google
        .emulator
        .world()
        .putPolicy(
            PROJECT,
            policy(
                    binding(
                        "roles/viewer",
                        "serviceAccount:INVOKER@kleos-demo.iam.gserviceaccount.com"))
                .toBuilder()
                .addAuditConfigs(
                    AuditConfig.newBuilder().setService("allServices").addAuditLogConfigs(logs))
                .build());

    google.delete("invoker");

    var deleted = "deleted:" + MEMBER + "?uid=" + uid;
    assertThat(google.get(SERVICE).getBindings(0).getMembersList())
        .containsExactly(deleted, "user:alice@example.com");
    assertThat(google.get(SERVICE).getEtag()).isNotEqualTo(before.getEtag());
    var project = google.get(PROJECT);
    assertThat(project.getBindings(0).getMembersList()).containsExactly(deleted);
    assertThat(project.getAuditConfigs(0).getAuditLogConfigs(0).getExemptedMembersList())
        .containsExactly(deleted);
  }

  @Test
  void delete_leavesOtherPoliciesAndTheirEtagsAlone() {
    google.create("invoker");
    var before = google.set(SERVICE, policy(binding(INVOKER, "user:alice@example.com")));

    google.delete("invoker");

    assertThat(google.get(SERVICE)).isEqualTo(before);
  }

  @Test
  void delete_missing_isNotFound() {
    assertThat(failure(() -> google.delete("invoker")).getStatus().getCode())
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void recreate_hasAnotherUniqueIdAndNoneOfTheOldGrantsNorItsPolicy() {
    var uid = google.create("invoker").getUniqueId();
    google.set(SERVICE, policy(binding(INVOKER, MEMBER)));
    google.set(account("invoker"), policy(binding(USER_ROLE, "user:alice@example.com")));
    google.delete("invoker");

    var again = google.create("invoker");

    assertThat(again.getUniqueId()).isNotEqualTo(uid);
    assertThat(google.get(SERVICE).getBindings(0).getMembersList())
        .containsExactly("deleted:" + MEMBER + "?uid=" + uid);
    assertThat(google.get(account("invoker"))).isEqualTo(Policies.NEVER_SET);
  }

  @Test
  void undelete_restoresAccountMembersAndPolicy() {
    var created = google.create("invoker");
    google.set(SERVICE, policy(binding(INVOKER, MEMBER)));
    var own = google.set(account("invoker"), policy(binding(USER_ROLE, "user:alice@example.com")));
    google.delete("invoker");

    now.updateAndGet(it -> it.plus(Duration.ofDays(30)));
    assertThat(google.undelete(created.getUniqueId())).isEqualTo(created);

    assertThat(google.get(SERVICE).getBindings(0).getMembersList()).containsExactly(MEMBER);
    assertThat(google.get(account("invoker"))).isEqualTo(own);
  }

  @Test
  void groups_areLeftByADeletedAccount_andNotForItsSuccessor_untilItIsRestored()
      throws IOException {
    var world = google.emulator.world();
    world.write(() -> {
      world.persons.groups.put(
          "callers@example.com",
          List.of("bob@example.com", "INVOKER@kleos-demo.iam.gserviceaccount.com"));
      return world;
    });
    google.set(PROJECT, policy(binding("roles/browser", "group:callers@example.com")));
    var uid = google.create("invoker").getUniqueId();
    assertThat(google.as(email("invoker")).get(PROJECT)).isNotNull();

    google.delete("invoker");
    google.create("invoker");
    assertDenied(email("invoker"));
    assertDenied("deleted:" + MEMBER + "?uid=" + uid);
    assertThat(google.as("bob@example.com").get(PROJECT)).isNotNull();
    assertThat(Google.written(world)).contains("\"deleted:" + MEMBER + "?uid=" + uid + "\"");

    google.delete("invoker");
    google.undelete(uid);
    assertThat(google.as(email("invoker")).get(PROJECT)).isNotNull();
  }

  @Test
  void undelete_after30Days_isNoLongerPossible() {
    var uid = google.create("invoker").getUniqueId();
    google.delete("invoker");

    now.updateAndGet(it -> it.plus(Duration.ofDays(30)).plusSeconds(1));

    assertThat(failure(() -> google.undelete(uid)).getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void undelete_whenTheEmailIsTaken_alreadyExists() {
    var uid = google.create("invoker").getUniqueId();
    google.delete("invoker");
    google.create("invoker");

    assertThat(failure(() -> google.undelete(uid)).getStatus().getCode())
        .isEqualTo(Code.ALREADY_EXISTS);
  }

  @Test
  void undelete_ofALiveAccount_isRefused() {
    var uid = google.create("invoker").getUniqueId();

    assertThat(failure(() -> google.undelete(uid)).getStatus().getCode())
        .isEqualTo(Code.FAILED_PRECONDITION);
  }

  @Test
  void undelete_byEmail_doesNotFindIt() {
    google.create("invoker");
    google.delete("invoker");

    assertThat(failure(() -> google.undelete(email("invoker"))).getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void set_naming_aDeletedAccountAsIfItWereLive_isRefused() {
    google.create("invoker");
    google.delete("invoker");

    assertThat(
            failure(() -> google.set(SERVICE, policy(binding(INVOKER, MEMBER))))
                .getStatus()
                .getDescription())
        .isEqualTo("Service account " + email("invoker") + " does not exist.");
  }

  private void assertDenied(String caller) {
    assertThat(failure(() -> google.as(caller).get(PROJECT)).getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  /// Shows the time that a test sets.
  private static final class MovableClock extends Clock {
    private final AtomicReference<Instant> now;

    MovableClock(AtomicReference<Instant> now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
