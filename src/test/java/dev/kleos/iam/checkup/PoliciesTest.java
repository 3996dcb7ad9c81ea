package dev.kleos.iam.checkup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.FakeCloud;
import dev.kleos.iam.cloud.FakeCloud.Op;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesTest {
  private static final Instant NOW = Instant.parse("2026-12-01T20:00:00Z");
  private static final Instant LATER = Instant.parse("2026-12-02T00:00:00Z");
  private static final Instant BEFORE = Instant.parse("2026-11-30T00:00:00Z");
  private static final Resource.Project PROJECT = new Resource.Project("kleos-demo");
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final Principal ALICE = Principal.of("user:alice@example.com");
  private static final Role CUSTOM = new Role("projects/kleos-demo/roles/caller");
  private static final String INVOKE = "run.routes.invoke";

  private final FakeCloud cloud = FakeCloud.of("kleos-demo").with(SERVICE);
  private final Ahead ahead = new Ahead();
  private final Policies policies = new Policies(cloud, ahead, NOW);

  @AfterEach
  void close() {
    ahead.close();
  }

  @Test
  void reach_byTheResourcesOwnPolicy_readsNoOther() throws InterruptedException {
    cloud.put(SERVICE, grant(Role.RUN_INVOKER, ALICE, null));

    assertThat(reach())
        .isEqualTo(
            new Reach.Granted(grant(Role.RUN_INVOKER, ALICE, null), SERVICE, Optional.empty()));
    assertThat(cloud.count(Op.READ, SERVICE)).isOne();
    assertThat(cloud.count(Op.READ, PROJECT)).isZero();
  }

  @Test
  void reach_byTheProjectsPolicy_isFound() throws InterruptedException {
    cloud.put(PROJECT, grant(Role.RUN_INVOKER, ALICE, null));

    assertThat(reach())
        .isEqualTo(
            new Reach.Granted(grant(Role.RUN_INVOKER, ALICE, null), PROJECT, Optional.empty()));
  }

  @Test
  void aPolicy_isReadOnce_howeverOftenItIsAskedFor() throws InterruptedException {
    policies.begin(SERVICE);
    policies.of(SERVICE);
    reach();
    reach();

    assertThat(cloud.count(Op.READ, SERVICE)).isOne();
    assertThat(cloud.count(Op.READ, PROJECT)).isOne();
  }

  @Test
  void reach_byARoleThatIsNotKnown_looksItUpOnce() throws InterruptedException {
    cloud.with(CUSTOM, INVOKE).put(SERVICE, grant(CUSTOM, ALICE, null));

    assertThat(reach()).isInstanceOf(Reach.Granted.class);
    assertThat(reach()).isInstanceOf(Reach.Granted.class);
    assertThat(cloud.count(Op.FIND, FakeCloud.NOWHERE)).isOne();
  }

  @Test
  void reach_byARoleOfOthers_looksNothingUp() throws InterruptedException {
    cloud.put(SERVICE, grant(CUSTOM, Principal.of("user:bob@example.com"), null));

    assertThat(reach()).isEqualTo(new Reach.Missing());
    assertThat(cloud.count(Op.FIND, FakeCloud.NOWHERE)).isZero();
  }

  @Test
  void reach_byARoleThatIsNotThere_isMissing() throws InterruptedException {
    cloud.put(SERVICE, grant(CUSTOM, ALICE, null));

    assertThat(reach()).isEqualTo(new Reach.Missing());
  }

  @ParameterizedTest
  @CsvSource({
    "user:alice@example.com,    Granted",
    "domain:example.com,        Granted",
    "allUsers,                  Granted",
    "allAuthenticatedUsers,     Granted",
    "group:devs@example.com,    Perhaps",
    "domain:example.org,        Missing",
    "user:bob@example.com,      Missing",
  })
  void reach_isAsSureAsWhoIsNamed(String member, String expected) throws InterruptedException {
    cloud.put(SERVICE, grant(Role.RUN_INVOKER, Principal.of(member), null));

    assertThat(reach().getClass().getSimpleName()).isEqualTo(expected);
  }

  @Test
  void reach_byAGrantThatEnds_saysWhen_andAfterwardsThatItHasEnded() throws InterruptedException {
    var ending = grant(Role.RUN_INVOKER, ALICE, Condition.until(LATER));
    cloud.put(SERVICE, ending);
    assertThat(reach()).isEqualTo(new Reach.Granted(ending, SERVICE, Optional.of(LATER)));

    var ended = grant(Role.RUN_INVOKER, ALICE, Condition.until(BEFORE));
    cloud.put(SERVICE, ended);
    assertThat(new Policies(cloud, ahead, NOW).reach(ALICE, INVOKE, SERVICE))
        .isEqualTo(new Reach.Unmet(ended, SERVICE));
  }

  @Test
  void reach_bySeveralGrants_isByTheOneThatHoldsLongest() throws InterruptedException {
    var lasting = grant(new Role("roles/run.servicesInvoker"), ALICE, null);
    cloud.put(
        SERVICE,
        grant(Role.RUN_INVOKER, ALICE, Condition.until(BEFORE)),
        grant(Role.RUN_INVOKER, ALICE, Condition.until(LATER)),
        lasting);

    assertThat(reach()).isEqualTo(new Reach.Granted(lasting, SERVICE, Optional.empty()));
  }

  @Test
  void reach_whereTheProjectDoesBetter_isByTheProject() throws InterruptedException {
    cloud.put(SERVICE, grant(Role.RUN_INVOKER, ALICE, Condition.until(BEFORE)));
    var inherited = grant(Role.RUN_INVOKER, ALICE, null);
    cloud.put(PROJECT, inherited);

    assertThat(reach()).isEqualTo(new Reach.Granted(inherited, PROJECT, Optional.empty()));
  }

  @Test
  void reach_whereTheProjectDoesNoBetter_isByTheResourceItself() throws InterruptedException {
    var group = grant(Role.RUN_INVOKER, Principal.of("group:devs@example.com"), null);
    cloud.put(SERVICE, group);
    cloud.put(PROJECT, grant(Role.RUN_INVOKER, ALICE, Condition.until(BEFORE)));

    assertThat(reach()).isEqualTo(new Reach.Perhaps(group, SERVICE));
  }

  @Test
  void aPolicyThatMayNotBeRead_isUnseen() throws InterruptedException {
    cloud.before(
        Op.READ,
        SERVICE,
        FakeCloud.failing(new CloudException.Denied(failure("PERMISSION_DENIED"))));

    assertThat(policies.of(SERVICE)).isEmpty();
    assertThat(reach())
        .isEqualTo(
            new Reach.Unseen(
                "the service's policy (run.services.getIamPolicy, in roles/iam.securityReviewer)",
                new Reach.Missing()));
  }

  @Test
  void aProjectsPolicyThatMayNotBeRead_leavesOpenWhatItGrants() throws InterruptedException {
    var ended = grant(Role.RUN_INVOKER, ALICE, Condition.until(BEFORE));
    cloud.put(SERVICE, ended);
    cloud.before(
        Op.READ,
        PROJECT,
        FakeCloud.failing(new CloudException.Denied(failure("PERMISSION_DENIED"))));

    assertThat(reach())
        .isEqualTo(
            new Reach.Unseen(
                "the project's policy (resourcemanager.projects.getIamPolicy, in roles/browser)",
                new Reach.Unmet(ended, SERVICE)));
  }

  @Test
  void aRoleThatMayNotBeLookedInto_leavesOpenWhatItCarries() throws InterruptedException {
    cloud.put(SERVICE, grant(CUSTOM, ALICE, null));
    cloud.before(
        Op.FIND,
        FakeCloud.NOWHERE,
        FakeCloud.failing(new CloudException.Denied(failure("PERMISSION_DENIED"))));

    assertThat(reach())
        .isEqualTo(
            new Reach.Unseen(
                "what projects/kleos-demo/roles/caller on the service carries (iam.roles.get)",
                new Reach.Missing()));
  }

  @Test
  void aGrantThatHolds_isAnAnswer_whateverElseIsHidden() throws InterruptedException {
    cloud.put(SERVICE, grant(CUSTOM, ALICE, null), grant(Role.RUN_INVOKER, ALICE, null));
    cloud.before(
        Op.FIND,
        FakeCloud.NOWHERE,
        FakeCloud.failing(new CloudException.Denied(failure("PERMISSION_DENIED"))));

    assertThat(reach()).isInstanceOf(Reach.Granted.class);
  }

  @Test
  void aPolicyThatCannotBeReadForOtherReasons_isAFailure() {
    cloud.before(
        Op.READ, SERVICE, FakeCloud.failing(new CloudException.Unavailable(failure("INTERNAL"))));

    assertThatThrownBy(() -> policies.of(SERVICE))
        .isInstanceOf(CloudException.Unavailable.class)
        .hasMessage("no");
  }

  private Reach reach() throws InterruptedException {
    return policies.reach(ALICE, INVOKE, SERVICE);
  }

  private static Failure failure(String code) {
    return Failure.of(code, SERVICE.name(), "no", "");
  }

  private static Grant grant(Role role, Principal who, @Nullable Condition condition) {
    return new Grant(role, who, condition);
  }
}
