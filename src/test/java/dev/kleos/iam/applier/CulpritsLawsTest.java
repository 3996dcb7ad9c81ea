package dev.kleos.iam.applier;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cloud.Backoff;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.FakeCloud;
import dev.kleos.iam.cloud.FakeCloud.Op;
import dev.kleos.iam.cloud.VirtualTimer;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Laws of writing where Google refuses some principals, over random policies and changes.
class CulpritsLawsTest {
  private static final String SEEDS = "dev.kleos.iam.model.RandomIam#seeds";
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");

  private final FakeCloud cloud = FakeCloud.of("kleos-demo").with(SERVICE);

  /// Google refuses what is new of somebody, and keeps what it holds already.
  @ParameterizedTest
  @MethodSource(SEEDS)
  void whoeverIsRefused_keepsWhatTheyHave_andNobodyElseIsAffected(long seed)
      throws InterruptedException {
    var scene = scene(seed);
    var live = scene.change.planned().grants();
    cloud.refuses(grant -> scene.culprits.contains(grant.principal()) && !live.contains(grant));

    var outcome = write(scene.change);

    var after = cloud.policy(SERVICE).grants();
    var wanted = scene.change.diff().applyTo(live);
    for (var who : principals(live, wanted)) {
      if (scene.culprits.contains(who)) {
        assertThat(of(who, after)).as(who.spelling()).isEqualTo(of(who, live));
      } else {
        assertThat(of(who, after)).as(who.spelling()).containsAll(of(who, wanted));
        assertThat(keptBeyond(of(who, wanted), of(who, after)))
            .as(who.spelling())
            .allSatisfy(grant -> assertThat(roles(scene)).contains(grant.role()));
      }
    }
    assertThat(principals(left(outcome, scene.change))).isEqualTo(scene.culprits);
    nothingIsSentThatWasNotShown(scene);
    assertThat(cloud.count(Op.WRITE, SERVICE))
        .isEqualTo(
            scene.change.diff().isEmpty()
                ? 0
                : scene.culprits.size() + (after.equals(live) ? 0 : 1));
    assertThat(cloud.count(Op.READ, SERVICE)).isZero();
  }

  /// Whoever is refused was perhaps to be the only one with a role: then it stays with whom they
  /// were to replace.
  @ParameterizedTest
  @MethodSource(SEEDS)
  void noRole_isLeftToNobody_whereThatWasNotApproved(long seed) throws InterruptedException {
    var scene = scene(seed);
    var live = scene.change.planned().grants();
    cloud.refuses(grant -> scene.culprits.contains(grant.principal()) && !live.contains(grant));

    write(scene.change);

    var after = cloud.policy(SERVICE).grants();
    var wanted = scene.change.diff().applyTo(live);
    for (var grant : live) {
      if (isHeld(grant.role(), live) && isHeld(grant.role(), wanted)) {
        assertThat(isHeld(grant.role(), after)).as(grant.role().name()).isTrue();
      }
    }
  }

  private static Set<Grant> keptBeyond(Set<Grant> wanted, Set<Grant> after) {
    var kept = new HashSet<>(after);
    kept.removeAll(wanted);
    return kept;
  }

  /// Those that the refused were to get.
  private static Set<Role> roles(Scene scene) {
    return of(scene.culprits, scene.change.diff()).added().stream()
        .map(Grant::role)
        .collect(toSet());
  }

  private static boolean isHeld(Role role, Set<Grant> grants) {
    return grants.stream()
        .anyMatch(grant -> grant.role().equals(role) && !grant.principal().isProtected());
  }

  /// Google refuses whatever it holds of somebody, too: then nothing may go.
  @ParameterizedTest
  @MethodSource(SEEDS)
  void whateverGoogleRefuses_noOldGrantIsLostForANewOne(long seed) throws InterruptedException {
    var scene = scene(seed);
    var live = scene.change.planned().grants();
    cloud.refuses(grant -> scene.culprits.contains(grant.principal()));

    try {
      write(scene.change);
    } catch (CloudException.Rejected e) {
      assertThat(cloud.policy(SERVICE)).isEqualTo(scene.change.planned());
    }

    var after = cloud.policy(SERVICE).grants();
    scene.culprits.forEach(who -> assertThat(of(who, after)).isEqualTo(of(who, live)));
    nothingIsSentThatWasNotShown(scene);
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void aRivalInBetween_keepsTheirGrant_andTheRefusedStayOut(long seed) throws InterruptedException {
    var scene = scene(seed);
    var live = scene.change.planned().grants();
    var rival = Grant.of(RandomIam.FOREIGN, Principal.of("user:rival@example.com"));
    cloud.refuses(grant -> scene.culprits.contains(grant.principal()) && !live.contains(grant));
    cloud.before(Op.WRITE, SERVICE, () -> {}, () -> cloud.add(SERVICE, rival));

    write(scene.change);

    var after = cloud.policy(SERVICE).grants();
    if (cloud.count(Op.WRITE, SERVICE) > 1) {
      assertThat(after).contains(rival);
    }
    scene.culprits.forEach(who -> assertThat(of(who, after)).isEqualTo(of(who, live)));
  }

  private void nothingIsSentThatWasNotShown(Scene scene) {
    var live = scene.change.planned().grants();
    for (var sent : cloud.sent()) {
      var diff = GrantDiff.between(live, sent.grants());
      assertThat(scene.change.diff().added()).containsAll(diff.added());
      assertThat(scene.change.diff().removed()).containsAll(diff.removed());
    }
  }

  private Scene scene(long seed) {
    var random = new RandomIam(seed);
    var planned = cloud.put(SERVICE, random.grants().toArray(Grant[]::new));
    var diff = GrantDiff.between(planned.grants(), random.grants());
    var culprits = new HashSet<Principal>();
    for (var who : principals(diff.added())) {
      if (random.upTo(3) == 0) {
        culprits.add(who);
      }
    }
    return new Scene(new ModifyPolicy(SERVICE, planned, diff), culprits);
  }

  private Outcome write(ModifyPolicy change) throws InterruptedException {
    var timer = new VirtualTimer();
    var deadline = VirtualTimer.START.plus(Duration.ofMinutes(5));
    return new PolicyWriter(
            cloud.policies(),
            cloud.policies(),
            Backoff.forConflicts(deadline, timer, new Random(1)),
            new NewAccounts(() -> Backoff.forNewAccounts(deadline, timer, new Random(1))),
            new Stop(),
            Journal.NONE)
        .write(change);
  }

  private static Set<Grant> left(Outcome outcome, ModifyPolicy change) {
    return switch (outcome) {
      case Outcome.Partly(_, var left, _) -> left.added();
      case Outcome.Failed _ -> change.diff().added();
      default -> Set.of();
    };
  }

  private static GrantDiff of(Set<Principal> some, GrantDiff diff) {
    return GrantDiff.of(of(some, diff.added()), of(some, diff.removed()));
  }

  private static Set<Grant> of(Set<Principal> some, Set<Grant> grants) {
    return grants.stream().filter(grant -> some.contains(grant.principal())).collect(toSet());
  }

  private static Set<Grant> of(Principal who, Set<Grant> grants) {
    return of(Set.of(who), grants);
  }

  @SafeVarargs
  private static Set<Principal> principals(Collection<Grant>... grants) {
    var principals = new HashSet<Principal>();
    for (var some : grants) {
      some.forEach(grant -> principals.add(grant.principal()));
    }
    return principals;
  }

  /// @param culprits of those who are to get something
  private record Scene(ModifyPolicy change, Set<Principal> culprits) {}
}
