package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.condition;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static dev.kleos.iam.emulator.Google.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.AuditConfig;
import com.google.iam.v1.AuditLogConfig;
import com.google.iam.v1.AuditLogConfig.LogType;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.type.Expr;
import io.grpc.Status.Code;
import java.util.Base64;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyWritesTest {
  private static final String VIEWER = "roles/viewer";
  private static final Expr UNTIL =
      condition("until", "request.time < timestamp(\"2027-01-31T00:00:00Z\")");
  private static final AuditConfig AUDIT =
      AuditConfig.newBuilder()
          .setService("allServices")
          .addAuditLogConfigs(
              AuditLogConfig.newBuilder()
                  .setLogType(LogType.DATA_READ)
                  .addExemptedMembers("user:bob@example.com"))
          .build();

  private final Google google = Google.demo();

  static String[] everyKind() {
    return new String[] {PROJECT, SERVICE, account("invoker")};
  }

  @BeforeEach
  void createAccount() {
    google.create("invoker");
  }

  @AfterEach
  void close() {
    google.close();
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void get_neverSet_hasOnlyTheEtagAcab(String resource) {
    assertThat(google.get(resource))
        .isEqualTo(
            Policy.newBuilder()
                .setEtag(ByteString.copyFrom(Base64.getDecoder().decode("ACAB")))
                .build());
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void set_thenGet_isTheSame_withAnEtagOfItsOwn(String resource) {
    var etags = new HashSet<ByteString>();
    var read = google.get(resource);
    for (var i = 0; i < 5; i++) {
      etags.add(read.getEtag());
      var written =
          google.set(
              resource,
              policy(binding(VIEWER, "user:alice@example.com")).toBuilder()
                  .setEtag(read.getEtag())
                  .build());
      read = google.get(resource);
      assertThat(read).isEqualTo(written);
    }
    assertThat(etags).hasSize(5);
    assertThat(read.getVersion()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void set_withStaleEtag_isAborted(String resource) {
    var stale = google.get(resource);
    var current = google.set(resource, policy(binding(VIEWER, "user:alice@example.com")));

    var failure = failure(() -> google.set(resource, stale.toBuilder().setVersion(3).build()));

    assertThat(failure.getStatus().getCode()).isEqualTo(Code.ABORTED);
    assertThat(failure.getStatus().getDescription())
        .isEqualTo(
            "There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff.");
    assertThat(google.get(resource)).isEqualTo(current);
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void set_withoutEtag_overwritesBlindly_conditionsIncluded(String resource) {
    google.set(resource, policy(binding("roles/browser", UNTIL, "user:alice@example.com")));

    var written =
        google.set(
            resource,
            Policy.newBuilder().addBindings(binding(VIEWER, "user:bob@example.com")).build());

    assertThat(written.getBindingsList()).containsExactly(binding(VIEWER, "user:bob@example.com"));
    assertThat(written.getVersion()).isEqualTo(1);
  }

  @Test
  void set_belowVersion3_dropsTheConditionsItCarries() {
    var sent =
        policy(binding("roles/run.invoker", UNTIL, "user:alice@example.com")).toBuilder()
            .setVersion(1)
            .build();

    assertThat(google.set(SERVICE, sent).getBindingsList())
        .containsExactly(binding("roles/run.invoker", "user:alice@example.com"));
  }

  @Test
  void set_belowVersion3_overAConditionalProjectPolicy_isRefusedWhenItCarriesAnEtag() {
    var current =
        google.set(PROJECT, policy(binding("roles/browser", UNTIL, "user:alice@example.com")));

    var failure = failure(() -> google.set(PROJECT, current.toBuilder().setVersion(1).build()));

    assertThat(failure.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.getStatus().getDescription())
        .startsWith(
            "Specified policy version (1) cannot be less than the existing policy version (3).");
  }

  @Test
  void set_withConditions_isAnsweredInVersion3_andIn1WhenTheyAreGone() {
    var conditional =
        google.set(PROJECT, policy(binding("roles/browser", UNTIL, "user:alice@example.com")));
    var plain =
        google.set(
            PROJECT,
            conditional.toBuilder()
                .clearBindings()
                .addBindings(binding(VIEWER, "user:a@example.com"))
                .build());

    assertThat(conditional.getVersion()).isEqualTo(3);
    assertThat(plain.getVersion()).isEqualTo(1);
  }

  @Test
  void get_conditionalProjectPolicyBelowVersion3_isRefused() {
    google.set(PROJECT, policy(binding("roles/browser", UNTIL, "user:alice@example.com")));

    assertThat(failure(() -> google.get(PROJECT, 1)).getStatus().getDescription())
        .startsWith(
            "Requested policy version (1) cannot be less than the existing policy version (3).");
    assertThat(google.get(PROJECT, 3).getVersion()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void get_conditionalServicePolicyBelowVersion3_marksTheRole_whichCannotBeWrittenBack(
      int version) {
    google.set(SERVICE, policy(binding("roles/run.invoker", UNTIL, "user:alice@example.com")));

    var seen = google.get(SERVICE, version);

    assertThat(seen.getVersion()).isEqualTo(1);
    assertThat(seen.getBindings(0).hasCondition()).isFalse();
    assertThat(seen.getBindings(0).getRole()).matches("roles/run\\.invoker_withcond_[0-9a-f]{16}");
    assertThat(failure(() -> google.set(SERVICE, seen)).getStatus().getDescription())
        .isEqualTo(
            "Role " + seen.getBindings(0).getRole() + " is not supported for this resource.");
  }

  @Test
  void getAndSet_withUnknownVersion_areInvalid() {
    assertThat(failure(() -> google.get(PROJECT, 2)).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(
            failure(() -> google.set(PROJECT, Policy.newBuilder().setVersion(2).build()))
                .getStatus()
                .getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void set_withoutMask_keepsTheAuditConfigs() {
    google.emulator.world().putPolicy(PROJECT, Policy.newBuilder().addAuditConfigs(AUDIT).build());

    var written = google.set(PROJECT, policy(binding(VIEWER, "user:alice@example.com")));

    assertThat(written.getAuditConfigsList()).containsExactly(AUDIT);
    assertThat(google.emulator.world().policy(PROJECT)).isEqualTo(written);
  }

  @Test
  void set_withMask_writesJustWhatItNames() {
    google.set(PROJECT, policy(binding(VIEWER, "user:alice@example.com")));
    var sent =
        policy(binding(VIEWER, "user:bob@example.com")).toBuilder().addAuditConfigs(AUDIT).build();

    var written = google.set(masked(sent, "audit_configs", "etag"));

    assertThat(written.getBindingsList())
        .containsExactly(binding(VIEWER, "user:alice@example.com"));
    assertThat(written.getAuditConfigsList()).containsExactly(AUDIT);
    assertThat(google.set(masked(policy(), "auditConfigs")).getAuditConfigsList()).isEmpty();
    assertThat(failure(() -> google.set(masked(sent, "rules"))).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void set_foldsBindingsOfOneRoleAndCondition() {
    var other = UNTIL.toBuilder().setDescription("another").build();

    var written =
        google.set(
            PROJECT,
            policy(
                binding("roles/browser", "user:b@example.com", "user:a@example.com"),
                binding("roles/browser", UNTIL, "user:a@example.com"),
                binding("roles/browser", "user:a@example.com", "user:c@example.com"),
                binding("roles/browser", other, "user:a@example.com"),
                binding("roles/browser", UNTIL, "user:d@example.com")));

    assertThat(written.getBindingsList())
        .containsExactly(
            binding(
                "roles/browser", "user:b@example.com", "user:a@example.com", "user:c@example.com"),
            binding("roles/browser", UNTIL, "user:a@example.com", "user:d@example.com"),
            binding("roles/browser", other, "user:a@example.com"));
  }

  @Test
  void set_withoutPolicyOrWithAnEmptyBinding_isInvalid() {
    var none = SetIamPolicyRequest.newBuilder().setResource(PROJECT).build();

    assertThat(failure(() -> google.set(none)).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure(() -> google.set(PROJECT, policy(binding(VIEWER)))).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void putPolicy_isARivalsWrite_storedAsGiven() {
    var read = google.get(SERVICE);
    var rival =
        policy(
            binding("roles/x", "anything goes"),
            binding("roles/x", "deleted:user:x@example.com?uid=1"));

    google.emulator.world().putPolicy(SERVICE, rival);

    assertThat(google.get(SERVICE).getBindingsList()).isEqualTo(rival.getBindingsList());
    assertThat(failure(() -> google.set(SERVICE, read)).getStatus().getCode())
        .isEqualTo(Code.ABORTED);
  }

  private static SetIamPolicyRequest masked(Policy policy, String... paths) {
    var mask = FieldMask.newBuilder();
    for (var path : paths) {
      mask.addPaths(path);
    }
    return request(PROJECT, policy).toBuilder().setUpdateMask(mask).build();
  }
}
