package dev.kleos.iam.workflow;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.FakeCloud;
import dev.kleos.iam.cloud.FakeCloud.Op;
import dev.kleos.iam.cloud.Progress;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.Pruning;
import dev.kleos.iam.planner.Refusal;
import dev.kleos.iam.planner.Wish;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Accounts that are about to get something are looked up before the first write.
class MissingAccountsTest {
  private static final String ROLE = "roles/run.invoker";
  private static final Resource.Account GHOST = account("ghost");
  private static final Resource.Project PROJECT = new Resource.Project("kleos-demo");

  private final FakeCloud cloud = FakeCloud.of("kleos-demo").with(Demo.SERVICE);

  @Test
  void anAccountOfThePlansProject_thatIsNotThere_isRefused() throws InterruptedException {
    assertThat(refusals(of(GHOST)))
        .containsExactly(
            new Refusal(
                Demo.SERVICE,
                "would grant roles/run.invoker to " + GHOST.principal() + ", which does not exist",
                "create it first, or write its id under serviceAccounts; one that was created a"
                    + " moment ago is seen in a minute",
                of(GHOST).assignment()));
    assertThat(cloud.count(Op.FIND, GHOST)).isEqualTo(1);
    assertThat(cloud.count(Op.LIST, PROJECT)).isEqualTo(1);
  }

  @Test
  void theNearestAccount_isSuggested() throws InterruptedException {
    cloud.with(live(account("kleos-invoker")));

    assertThat(refusals(of(account("kleos-invker"))).getFirst().override())
        .startsWith("did you mean " + account("kleos-invoker").principal() + "? If not, create it");
  }

  @Test
  void anAccountThatIsThere_isOneRead_andNoRefusal() throws InterruptedException {
    cloud.with(live(GHOST));

    assertThat(refusals(of(GHOST), grant("roles/run.viewer", GHOST.principal().spelling())))
        .isEmpty();
    assertThat(cloud.count(Op.FIND, GHOST)).isEqualTo(1);
    assertThat(cloud.count(Op.LIST, PROJECT)).isZero();
  }

  @Test
  void severalAccounts_areOneReadEach_andOneListing() throws InterruptedException {
    assertThat(refusals(of(GHOST), of(account("phantom")))).hasSize(2);
    assertThat(cloud.count(Op.FIND, GHOST)).isEqualTo(1);
    assertThat(cloud.count(Op.FIND, account("phantom"))).isEqualTo(1);
    assertThat(cloud.count(Op.LIST, PROJECT)).isEqualTo(1);
  }

  @Test
  void anAccountOfThePlan_isCreatedFirst_andNotLookedUpTwice() throws InterruptedException {
    var previewed =
        preview()
            .run(
                Wish.plan(
                    List.of(ServiceAccount.desired(GHOST, null, null)),
                    Wish.on(Demo.SERVICE).wants(of(GHOST)).policy()),
                Pruning.NONE,
                Overrides.NONE);

    assertThat(previewed.refusals()).isEmpty();
    assertThat(cloud.count(Op.FIND, GHOST)).isEqualTo(1);
  }

  @Test
  void aMemberOfThePolicy_isNotLookedUp() throws InterruptedException {
    cloud.put(Demo.SERVICE, grant("roles/run.viewer", GHOST.principal().spelling()));

    assertThat(refusals(of(GHOST))).isEmpty();
    assertThat(cloud.count(Op.FIND, GHOST)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user:alice@example.com",
        "group:devs@example.com",
        "serviceAccount:runner@other.iam.gserviceaccount.com",
        "serviceAccount:1-compute@developer.gserviceaccount.com",
        "serviceAccount:kleos-demo.svc.id.goog[ci/runner]",
        "serviceAccount:service-1@gcp-sa-x.iam.gserviceaccount.com"
      })
  void nobodyElse_isLookedUp(String member) throws InterruptedException {
    assertThat(refusals(grant(ROLE, member))).isEmpty();
    assertThat(cloud.log()).containsExactly(new FakeCloud.Call(Op.READ, Demo.SERVICE));
  }

  @Test
  void aDenial_provesNothing() throws InterruptedException {
    var denied = Failure.of("PERMISSION_DENIED", GHOST.name(), "no", "");
    cloud.before(Op.FIND, GHOST, FakeCloud.failing(new CloudException.Denied(denied)));

    assertThat(refusals(of(GHOST))).isEmpty();
  }

  @Test
  void whereAccountsCannotBeListed_thereIsNoSuggestion() throws InterruptedException {
    var denied = Failure.of("PERMISSION_DENIED", PROJECT.name(), "no", "");
    cloud.before(Op.LIST, PROJECT, FakeCloud.failing(new CloudException.Denied(denied)));

    assertThat(refusals(of(GHOST)).getFirst().override()).startsWith("create it first");
  }

  private List<Refusal> refusals(Grant... grants) throws InterruptedException {
    return preview()
        .run(Wish.plan(Wish.on(Demo.SERVICE).wants(grants).policy()), Pruning.NONE, Overrides.NONE)
        .refusals();
  }

  private Preview preview() {
    return new Preview(cloud, InstantSource.fixed(RandomIam.NOW), Progress.NONE);
  }

  private static Grant of(Resource.Account account) {
    return grant(ROLE, account.principal().spelling());
  }

  private static ServiceAccount live(Resource.Account account) {
    return new ServiceAccount(account, "", "", "100000000000000000001", false);
  }

  private static Resource.Account account(String id) {
    return Resource.Account.inProject("kleos-demo", id);
  }
}
