package dev.kleos.iam.planner;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Allowance;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/// Grants that have to be said aloud in the plan file.
class GuardTest {
  private static final Resource SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final Resource ACCOUNT = Resource.Account.inProject("kleos-demo", "invoker");
  private static final Resource PROJECT = new Resource.Project("kleos-demo");
  private static final String ALICE = "user:alice@example.com";
  private static final Safety SAFETY = new Safety(Overrides.NONE, null, RandomIam.NOW);
  private static final Grant PUBLIC = grant("roles/run.invoker", "allUsers");

  @ParameterizedTest
  @ValueSource(strings = {"allUsers", "allAuthenticatedUsers"})
  void aPublicGrant_isRefused_withItsEvidenceAndItsOverride(String everyone) {
    var refusals = refusals(Wish.on(SERVICE).wants(grant("roles/run.invoker", everyone)));

    assertThat(refusals)
        .containsExactly(
            new Refusal(
                SERVICE,
                "would grant roles/run.invoker to "
                    + everyone
                    + ": that is everybody, also outside your organization",
                "if that is meant, write the entry as: - {principal: "
                    + everyone
                    + ", allow: public}",
                grant("roles/run.invoker", everyone).assignment()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"roles/owner", "roles/editor", "roles/viewer"})
  void aBasicRole_isRefused(String role) {
    assertThat(refusals(Wish.on(PROJECT).wants(grant(role, ALICE))))
        .extracting(Refusal::override)
        .containsExactly(
            "if that is meant, write the entry as:"
                + " - {principal: user:alice@example.com, allow: basic-role}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "roles/iam.serviceAccountUser",
        "roles/iam.serviceAccountTokenCreator",
        "roles/iam.serviceAccountOpenIdTokenCreator",
        "roles/iam.workloadIdentityUser"
      })
  void anImpersonationRole_isRefusedOnTheProject_andFineOnAnAccount(String role) {
    assertThat(refusals(Wish.on(PROJECT).wants(grant(role, ALICE))))
        .extracting(Refusal::override)
        .containsExactly(
            "if that is meant, write the entry as:"
                + " - {principal: user:alice@example.com, allow: project-wide}");
    assertThat(refusals(Wish.on(ACCOUNT).wants(grant(role, ALICE)))).isEmpty();
  }

  @Test
  void whatIsAllowedAloud_passes() {
    assertThat(refusals(Wish.on(SERVICE).wants(PUBLIC, Allowance.PUBLIC))).isEmpty();
    assertThat(refusals(Wish.on(PROJECT).wants(grant("roles/viewer", ALICE), Allowance.BASIC_ROLE)))
        .isEmpty();
    assertThat(
            refusals(
                Wish.on(PROJECT)
                    .wants(grant("roles/iam.serviceAccountUser", ALICE), Allowance.PROJECT_WIDE)))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PUBLIC")
  void anotherAllowance_doesNotCount(Allowance other) {
    assertThat(refusals(Wish.on(SERVICE).wants(PUBLIC, other))).hasSize(1);
  }

  @Test
  void anAllowance_countsForItsOwnResourceOnly() {
    var elsewhere = Wish.on(PROJECT).wants(PUBLIC, Allowance.PUBLIC).policy();
    var desired = Wish.plan(elsewhere, Wish.on(SERVICE).wants(PUBLIC).policy());

    assertThat(Guard.check(desired, changes(SERVICE, Set.of(PUBLIC), Set.of()), SAFETY)).hasSize(1);
  }

  @Test
  void whatIsLiveAlready_orRemoved_isNotRefused() {
    var desired = Wish.plan(Wish.on(SERVICE).wants(PUBLIC).policy());

    assertThat(Guard.check(desired, changes(SERVICE, Set.of(), Set.of(PUBLIC)), SAFETY)).isEmpty();
  }

  @Test
  void everySlip_isSaidAtOnce() {
    assertThat(
            refusals(
                Wish.on(PROJECT)
                    .wants(
                        grant("roles/owner", ALICE),
                        grant("roles/run.viewer", ALICE),
                        grant("roles/iam.serviceAccountUser", ALICE))))
        .hasSize(2);
  }

  private static List<Refusal> refusals(Wish wish) {
    var policy = wish.policy();
    return Guard.check(
        Wish.plan(policy), changes(policy.resource(), policy.grants(), Set.of()), SAFETY);
  }

  private static ChangeSet changes(Resource resource, Set<Grant> added, Set<Grant> removed) {
    return ChangeSet.of(
        List.of(new Change.ModifyPolicy(resource, AllowPolicy.NONE, GrantDiff.of(added, removed))));
  }
}
