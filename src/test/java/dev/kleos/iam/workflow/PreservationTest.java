package dev.kleos.iam.workflow;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.AuditConfig;
import com.google.iam.v1.AuditLogConfig;
import com.google.iam.v1.AuditLogConfig.LogType;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.type.Expr;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Unmanaged;
import dev.kleos.iam.planner.Wish;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is foreign or protected is behind the API exactly as it was, after an apply: compared on
/// Google's own messages, not on ours.
class PreservationTest {
  private static final String MANAGED = "projects/kleos-demo/roles/managed";
  private static final String FOREIGN = "projects/kleos-demo/roles/foreign";
  private static final Expr HOURS =
      Expr.newBuilder()
          .setTitle("office hours")
          .setDescription("in Zürich")
          .setExpression("request.time.getHours(\"Europe/Zurich\") < 18")
          .build();
  private static final List<Binding> KEPT =
      List.of(
          binding(FOREIGN, "user:Alice@Example.com", "user:alice@example.com"),
          binding(FOREIGN, "deleted:user:dave@example.com?uid=1", "group:devs@example.com"),
          binding(FOREIGN, "user:alice@example.com").toBuilder().setCondition(HOURS).build(),
          binding(
              MANAGED,
              "deleted:serviceAccount:gone@kleos-demo.iam.gserviceaccount.com?uid=2",
              "serviceAccount:service-1@gcp-sa-pubsub.iam.gserviceaccount.com"));
  private static final AuditConfig AUDIT =
      AuditConfig.newBuilder()
          .setService("allServices")
          .addAuditLogConfigs(
              AuditLogConfig.newBuilder()
                  .setLogType(LogType.DATA_READ)
                  .addExemptedMembers("user:Bob@example.com"))
          .build();

  private final Demo demo = new Demo();

  static List<Resource> everyKind() {
    return List.of(Demo.ACCOUNT, Demo.SERVICE, Demo.PROJECT);
  }

  @BeforeEach
  void createAccount() {
    demo.cloud.accounts().create(ServiceAccount.desired(Demo.ACCOUNT, null, null));
  }

  @AfterEach
  void close() {
    demo.close();
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void apply_keepsConditions_auditConfigs_deletedMembers_andBothSpellings(Resource resource)
      throws InterruptedException {
    put(resource, binding(MANAGED, "user:unnamed@example.com"));
    var wish =
        Wish.on(resource)
            .wants(grant(MANAGED, "user:new@example.com"))
            .unmanaged(Unmanaged.REMOVE)
            .policy();

    assertThat(demo.apply(Wish.plan(wish))).isInstanceOf(Apply.Done.class);

    var after = demo.emulator.world().policy(resource.name());
    assertThat(after.getAuditConfigsList()).containsExactly(AUDIT);
    assertThat(after.getVersion()).isEqualTo(3);
    var expected = new ArrayList<>(members(KEPT));
    expected.add(new Member(MANAGED, "user:new@example.com", Expr.getDefaultInstance()));
    assertThat(members(after.getBindingsList())).containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @EnumSource(Unmanaged.class)
  void apply_withNothingToWrite_leavesTheVeryPolicy(Unmanaged treatment)
      throws InterruptedException {
    put(Demo.SERVICE);
    var before = demo.emulator.world().policy(Demo.SERVICE.name());

    var wish = Wish.on(Demo.SERVICE).manages(MANAGED).unmanaged(treatment).policy();

    assertThat(demo.apply(Wish.plan(wish))).isInstanceOf(Apply.InSync.class);
    assertThat(demo.emulator.world().policy(Demo.SERVICE.name())).isEqualTo(before);
  }

  private void put(Resource resource, Binding... more) {
    demo.emulator
        .world()
        .putPolicy(
            resource.name(),
            Policy.newBuilder()
                .addAllBindings(KEPT)
                .addAllBindings(List.of(more))
                .addAuditConfigs(AUDIT)
                .build());
  }

  private static Binding binding(String role, String... members) {
    return Binding.newBuilder().setRole(role).addAllMembers(List.of(members)).build();
  }

  private static List<Member> members(List<Binding> bindings) {
    return bindings.stream()
        .flatMap(binding ->
            binding.getMembersList().stream()
                .map(member -> new Member(binding.getRole(), member, binding.getCondition())))
        .toList();
  }

  /// One member of one binding.
  private record Member(String role, String spelling, Expr condition) {}
}
