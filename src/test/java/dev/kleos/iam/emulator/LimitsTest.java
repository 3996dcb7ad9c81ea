package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.condition;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.AuditConfig;
import com.google.iam.v1.AuditLogConfig;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import io.grpc.Status.Code;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
  private static final String ROLE = "roles/browser";

  private final Google google = Google.demo();

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void set_countsEveryOccurrenceOfAPrincipal() {
    assertThat(
            google
                .set(PROJECT, policy(users(ROLE, 750), users("roles/viewer", 750)))
                .getBindingsCount())
        .isEqualTo(2);

    assertThat(
            failure(() -> google.set(PROJECT, policy(users(ROLE, 751), users("roles/viewer", 750))))
                .getStatus()
                .getDescription())
        .isEqualTo(
            "The number of members in the policy (1,501) is larger than the maximum allowed size 1,500.");
  }

  @Test
  void set_countsExemptionsFromAuditLogs_alsoThoseThatAreKept() {
    var log = AuditLogConfig.newBuilder().addAllExemptedMembers(users(ROLE, 501).getMembersList());
    google
        .emulator
        .world()
        .putPolicy(
            PROJECT,
            Policy.newBuilder()
                .addAuditConfigs(AuditConfig.newBuilder().addAuditLogConfigs(log))
                .build());

    assertThat(google.set(PROJECT, policy(users(ROLE, 999))).getBindingsCount()).isEqualTo(1);
    assertThat(failure(() -> google.set(PROJECT, policy(users(ROLE, 1000)))).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void set_countsAGroupOnceAndADomainPerOccurrence() {
    var groups = members("group:g%d@example.com", 240);

    assertThat(
            google
                .set(
                    PROJECT,
                    policy(
                        binding(ROLE, groups),
                        binding("roles/viewer", groups),
                        binding("roles/x.y", members("domain:d%d.com", 10))))
                .getBindingsCount())
        .isEqualTo(3);
    assertThat(
            failure(() ->
                    google.set(
                        PROJECT,
                        policy(
                            binding(ROLE, groups),
                            binding("roles/x.y", members("domain:d%d.com", 10)),
                            binding("roles/x.z", "domain:d0.com"))))
                .getStatus()
                .getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void set_allows12LogicalOperatorsAndNoMore() {
    assertThat(google.set(PROJECT, policy(operators(12))).getBindingsCount()).isEqualTo(1);
    assertThat(
            failure(() -> google.set(PROJECT, policy(operators(13)))).getStatus().getDescription())
        .contains("13 logical operators");
  }

  @Test
  void set_allows20VariantsOfARoleAndMemberAndNoMore() {
    assertThat(google.set(PROJECT, policy(variants(20))).getBindingsCount()).isEqualTo(20);
    assertThat(
            failure(() -> google.set(PROJECT, policy(variants(21)))).getStatus().getDescription())
        .contains("more than 20 different conditions");
  }

  @Test
  void liftLimits_liftsThemAll() {
    google.emulator.world().liftLimits();

    assertThat(
            google
                .set(PROJECT, policy(users(ROLE, 2000), operators(13)))
                .getBindings(0)
                .getMembersCount())
        .isEqualTo(2000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          a && b || !c ; 3
          a != b ; 0
          !a != !b ; 2
          a == "x && y" && b == '||!' ; 1
          a == "\\"&&" && b ; 1
          a == r"\\" && b ; 1
          a == rb'\\' || b ; 1
          a == \"""x " && y\""" && b ; 1
          a == "unterminated && ; 0
          """)
  void operators_areCountedOutsideOfLiterals(String expression, int count) {
    assertThat(LogicalOperators.count(expression)).isEqualTo(count);
  }

  private static Binding users(String role, int count) {
    return binding(role, members("user:u%d@example.com", count));
  }

  private static String[] members(String form, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> form.replace("%d", Integer.toString(i)))
        .toArray(String[]::new);
  }

  private static Binding operators(int count) {
    return binding(ROLE, condition("t", "true" + " && true".repeat(count)), "user:a@example.com");
  }

  private static Binding[] variants(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> binding(ROLE, condition("t" + i, "true"), "user:a@example.com"))
        .toArray(Binding[]::new);
  }
}
