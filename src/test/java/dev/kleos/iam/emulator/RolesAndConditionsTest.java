package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.condition;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.Binding;
import io.grpc.Status.Code;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolesAndConditionsTest {
  private static final String ALICE = "user:alice@example.com";

  private final Google google = Google.demo();

  @BeforeEach
  void createAccount() {
    google.create("invoker");
  }

  @AfterEach
  void close() {
    google.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "roles/owner",
        "roles/run.invoker",
        "roles/iam.serviceAccountTokenCreator",
        "roles/resourcemanager.projectIamAdmin",
        "projects/kleos-demo/roles/kleos_invoker.v2",
        "organizations/1234/roles/custom",
      })
  void set_onAProject_acceptsEveryWellFormedRole(String role) {
    assertThat(google.set(PROJECT, policy(binding(role, ALICE))).getBindings(0).getRole())
        .isEqualTo(role);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run.invoker",
        "roles/",
        "role/run.invoker",
        "roles/run invoker",
        "projects/p/roles/x",
        "roles/a_withcond_1"
      })
  void set_withMalformedRole_isRefused(String role) {
    assertThat(
            failure(() -> google.set(PROJECT, policy(binding(role, ALICE))))
                .getStatus()
                .getDescription())
        .isEqualTo("Role " + role + " is not supported for this resource.");
  }

  @Test
  void set_withARoleOfAnotherKindOfResource_isRefused() {
    assertThat(
            failure(() ->
                    google.set(account("invoker"), policy(binding("roles/run.invoker", ALICE))))
                .getStatus()
                .getDescription())
        .isEqualTo("Role roles/run.invoker is not supported for this resource.");
    assertThat(
            failure(() ->
                    google.set(SERVICE, policy(binding("roles/iam.serviceAccountUser", ALICE))))
                .getStatus()
                .getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  static List<Binding> refusedConditions() {
    return List.of(
        binding("roles/browser", condition("", "true"), ALICE),
        binding("roles/browser", condition("t", " "), ALICE),
        binding("roles/browser", condition("t".repeat(101), "true"), ALICE),
        binding(
            "roles/browser",
            condition("t", "true").toBuilder().setDescription("d".repeat(257)).build(),
            ALICE),
        binding("roles/owner", condition("t", "true"), ALICE),
        binding("roles/editor", condition("t", "true"), ALICE),
        binding("roles/viewer", condition("t", "true"), ALICE));
  }

  @ParameterizedTest
  @MethodSource("refusedConditions")
  void set_withBadCondition_isInvalid(Binding binding) {
    assertThat(failure(() -> google.set(PROJECT, policy(binding))).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "request.time <",
        "request.time < timestamp(\"2027-01-31T00:00:00Z\"",
        "request.time < timestamp(\"2027-01-31T00:00:00Z)",
        "a && && b",
        "a = b",
        "until Friday",
      })
  void set_withAnExpressionThatDoesNotParse_isInvalid(String expression) {
    var failure =
        failure(() ->
            google.set(
                PROJECT, policy(binding("roles/browser", condition("until", expression), ALICE))));

    assertThat(failure.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.getStatus().getDescription())
        .startsWith("The expression of the condition until does not parse: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resource.matchTag('1/env', 'prod')",
        "no.such.attribute == 'x'",
        "'levels/x' in request.auth.access_levels",
        "noSuchFunction(1)",
        "has(1)",
        "\"yes\"",
        "1 / 0 == 1",
        "// why\ntrue",
      })
  void set_withAnExpressionThatNobodyHereUnderstands_isKept(String expression) {
    var sent = binding("roles/browser", condition("t", expression), ALICE);

    assertThat(google.set(PROJECT, policy(sent)).getBindingsList()).containsExactly(sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"allUsers", "allAuthenticatedUsers"})
  void set_withAConditionForThePublic_isInvalid(String member) {
    var binding = binding("roles/run.invoker", condition("t", "true"), member);

    assertThat(failure(() -> google.set(SERVICE, policy(binding))).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void set_withACondition_isKeptOnEveryKindOfResource() {
    var until = condition("until", "request.time < timestamp(\"2027-01-31T00:00:00Z\")");

    for (var resource : List.of(PROJECT, SERVICE, account("invoker"))) {
      var sent = binding("roles/cloudtrace.user", until, ALICE);
      assertThat(google.set(resource, policy(sent)).getBindingsList()).containsExactly(sent);
    }
  }
}
