package dev.kleos.iam.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cloud.FakeCloud.Op;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.planner.Wish;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveReaderTest {
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final Resource.Project PROJECT = new Resource.Project("kleos-demo");
  private static final ServiceAccount LIVE =
      new ServiceAccount(ACCOUNT, "Name", "", "100000000000000000001", false);
  private static final Failure DENIED =
      Failure.of("PERMISSION_DENIED", PROJECT.name(), "You may not.", "Ask.");

  private final FakeCloud cloud = FakeCloud.of("kleos-demo").with(SERVICE);

  @Test
  void read_asksForEachAccountAndEachPolicyOnce_andCountsThem() throws InterruptedException {
    cloud.with(LIVE);
    var progress = new ConcurrentLinkedQueue<List<Integer>>();

    var live =
        new LiveReader(cloud, (done, total) -> progress.add(List.of(done, total)))
            .read(everything());

    assertThat(live.account(ACCOUNT)).isEqualTo(new Live.Read<>(LIVE));
    assertThat(live.policies().values()).hasSize(3).allMatch(Live.Read.class::isInstance);
    assertThat(cloud.log())
        .containsExactlyInAnyOrder(
            new FakeCloud.Call(Op.FIND, ACCOUNT),
            new FakeCloud.Call(Op.READ, ACCOUNT),
            new FakeCloud.Call(Op.READ, SERVICE),
            new FakeCloud.Call(Op.READ, PROJECT));
    assertThat(progress)
        .containsExactlyInAnyOrder(
            List.of(0, 4), List.of(1, 4), List.of(2, 4), List.of(3, 4), List.of(4, 4));
  }

  @Test
  void read_ofAnAccountThatThePlanCreates_isAbsent_andSoIsItsPolicy() throws InterruptedException {
    var live = new LiveReader(cloud, Progress.NONE).read(everything());

    assertThat(live.account(ACCOUNT)).isInstanceOf(Live.Absent.class);
    assertThat(live.policy(ACCOUNT)).isInstanceOf(Live.Absent.class);
  }

  @Test
  void anAccountThatIsMissedOnce_thoughItsPolicyIsThere_isAskedForAgain()
      throws InterruptedException {
    cloud.with(LIVE);
    cloud.before(Op.FIND, ACCOUNT, FakeCloud.failing(new CloudException.NotFound(DENIED)));

    var live = new LiveReader(cloud, Progress.NONE).read(everything());

    assertThat(live.account(ACCOUNT)).isEqualTo(new Live.Read<>(LIVE));
    assertThat(live.policy(ACCOUNT)).isInstanceOf(Live.Read.class);
  }

  @Test
  void anAccountThatStaysMissing_thoughItsPolicyIsThere_isUnreadable_andHidesNobody()
      throws InterruptedException {
    cloud.with(LIVE);
    var missing = FakeCloud.failing(new CloudException.NotFound(DENIED));
    cloud.before(Op.FIND, ACCOUNT, missing, missing);

    var live = new LiveReader(cloud, Progress.NONE).read(everything());

    assertThat(live.account(ACCOUNT)).isInstanceOf(Live.Unreadable.class);
    assertThat(live.policy(ACCOUNT)).isInstanceOf(Live.Read.class);
  }

  @Test
  void read_ofAnAccountThatThePlanOnlyRefersTo_isUnreadable() throws InterruptedException {
    var live = new LiveReader(cloud, Progress.NONE).read(Wish.plan(Wish.on(ACCOUNT).policy()));

    assertThat(live.policy(ACCOUNT)).isInstanceOf(Live.Unreadable.class);
    assertThat(cloud.count(Op.FIND, ACCOUNT)).isZero();
  }

  @Test
  void read_thatIsRefused_isUnreadable_andTheRestIsRead() throws InterruptedException {
    cloud.with(LIVE);
    cloud.before(Op.READ, PROJECT, FakeCloud.failing(new CloudException.Denied(DENIED)));
    cloud.before(Op.FIND, ACCOUNT, FakeCloud.failing(new CloudException.Unavailable(DENIED)));

    var live = new LiveReader(cloud, Progress.NONE).read(everything());

    assertThat(live.policy(PROJECT)).isEqualTo(new Live.Unreadable<>(DENIED));
    assertThat(live.account(ACCOUNT)).isEqualTo(new Live.Unreadable<>(DENIED));
    assertThat(live.policy(SERVICE)).isInstanceOf(Live.Read.class);
  }

  @Test
  void aServiceThatIsNotThere_isUnreadable_withTheNearestNameAsAdvice()
      throws InterruptedException {
    assertThat(adviceFor(new Resource.Service("kleos-demo", "us-central1", "kleos-servcie")))
        .isEqualTo(
            "There is a service \"kleos-service\" in us-central1: if that is meant, write"
                + " us-central1/kleos-service in the plan file.");
  }

  @Test
  void aServiceInAnotherRegion_isSuggested_alsoOfARegionWeDoNotKnow() throws InterruptedException {
    assertThat(adviceFor(new Resource.Service("kleos-demo", "us-central2", "kleos-service")))
        .contains("us-central1/kleos-service");

    cloud.with(new Resource.Service("kleos-demo", "mars-north1", "rover"));
    assertThat(adviceFor(new Resource.Service("kleos-demo", "mars-north1", "rovre")))
        .contains("mars-north1/rover");
  }

  @Test
  void manyMissingServices_areLookedForTogether() throws InterruptedException {
    var wishes =
        IntStream.range(0, 20)
            .mapToObj(i -> new Resource.Service("kleos-demo", "us-central1", "gone-" + i))
            .map(service -> Wish.on(service).policy())
            .toArray(DesiredPolicy[]::new);

    var live = new LiveReader(cloud, Progress.NONE).read(Wish.plan(wishes));

    assertThat(live.policies().values()).hasSize(20).allMatch(Live.Unreadable.class::isInstance);
    assertThat(cloud.count(Op.LIST, PROJECT)).isPositive().isLessThan(50);
  }

  @Test
  void aServiceLikeNoOther_getsNoSuggestion() throws InterruptedException {
    assertThat(adviceFor(new Resource.Service("kleos-demo", "europe-west1", "payments"))).isEmpty();
  }

  private String adviceFor(Resource.Service missing) throws InterruptedException {
    var live = new LiveReader(cloud, Progress.NONE).read(Wish.plan(Wish.on(missing).policy()));
    return live.policy(missing) instanceof Live.Unreadable(var failure)
        ? failure.advice()
        : "it was read";
  }

  private static DesiredState everything() {
    return Wish.plan(
        List.of(ServiceAccount.desired(ACCOUNT, "Name", null)),
        Wish.on(ACCOUNT).policy(),
        Wish.on(SERVICE).policy(),
        Wish.on(PROJECT).policy());
  }
}
