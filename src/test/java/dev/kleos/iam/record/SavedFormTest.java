package dev.kleos.iam.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Allowance;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Finding;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Limit;
import dev.kleos.iam.model.Live;
import dev.kleos.iam.model.LiveState;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Unmanaged;
import dev.kleos.iam.model.Usage;
import dev.kleos.iam.planner.Planner;
import dev.kleos.iam.planner.Pruning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is read is what was written, or it is refused.
class SavedFormTest {
  private static final String SEEDS = "dev.kleos.iam.model.RandomIam#seeds";
  private static final Resource.Account NEW = Resource.Account.inProject("kleos-demo", "fresh");
  private static final Resource.Account OLD = Resource.Account.inProject("kleos-demo", "invoker");
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");

  @ParameterizedTest
  @MethodSource(SEEDS)
  void writeThenRead_isTheSame(long seed) {
    var saved = random(new RandomIam(seed));

    var read = SavedForm.read(SavedForm.write(saved));

    assertThat(read).isEqualTo(saved);
    // Principals are equal in any spelling, and the order of sets counts for nothing there.
    assertThat(SavedForm.write(read)).isEqualTo(SavedForm.write(saved));
  }

  @Test
  void everyKindOfFinding_isKept() {
    var grant = new RandomIam(1).grant();
    var findings =
        List.<Finding>of(
            new Finding.Headroom(SERVICE, new Usage(Limit.PRINCIPALS, 1437, "")),
            new Finding.Headroom(SERVICE, new Usage(Limit.VARIANTS, 19, "r for p")),
            new Finding.DeletedMembers(OLD, 3),
            new Finding.Ending(OLD, grant, RandomIam.NOW),
            new Finding.NothingToRemove(grant.principal(), true),
            new Finding.Lost(grant.principal(), false, List.of(new Finding.Trace(SERVICE, grant))));
    var saved = saved(new ChangeSet(List.of(), List.of(), List.of(OLD), findings, List.of()));

    assertThat(SavedForm.read(SavedForm.write(saved))).isEqualTo(saved);
  }

  @Test
  void whatIsCutOff_anywhere_isRefused() {
    var document = SavedForm.write(random(new RandomIam(5)));

    // Without the line break at the end it is whole.
    for (var length = 0; length < document.length - 1; length++) {
      var cut = Arrays.copyOf(document, length);
      assertThatThrownBy(() -> SavedForm.read(cut))
          .as("cut to %s bytes", length)
          .isInstanceOf(DocumentException.class);
    }
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void whereOneBitIsAnother_itIsRefused_orMeansTheSame(long seed) {
    var saved = random(new RandomIam(seed));
    var document = SavedForm.write(saved);
    var random = new Random(seed);
    for (var i = 0; i < 50; i++) {
      var flipped = document.clone();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(SavedForm.read(flipped)).isEqualTo(saved);
      } catch (DocumentException refused) {
        assertThat(refused.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void ofAnotherVersion_isRefused_andSaysSo() {
    var newer =
        new String(SavedForm.write(saved(ChangeSet.EMPTY)), UTF_8)
            .replaceFirst("Changes\":1", "Changes\":2");

    assertThatThrownBy(() -> SavedForm.read(newer.getBytes(UTF_8)))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("another version of kleos-iam: kleosIamSavedChanges 2, not 1");
  }

  /// Whoever writes such a file can make the digest too.
  @Test
  void aChangeOfWhatThePlanDoesNotName_isRefused() {
    var elsewhere =
        new Change.ModifyPolicy(
            new Resource.Project("kleos-demo"),
            AllowPolicy.NONE,
            GrantDiff.of(Set.of(new RandomIam(1).grant()), Set.of()));

    assertThatThrownBy(
            () -> SavedForm.read(SavedForm.write(saved(ChangeSet.of(List.of(elsewhere))))))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("not in \"desired\"");
  }

  /// Two writes of one policy would run beside each other, and the journal knows them as one.
  @Test
  void twoChangesOfOneResource_areRefused() {
    var random = new RandomIam(1);
    var saved = random(random);
    while (saved.changeSet().changes().isEmpty()) {
      saved = random(random);
    }
    var change = saved.changeSet().changes().getFirst();
    var twice =
        new SavedChanges(
            saved.header(), saved.desired(), saved.lines(), ChangeSet.of(List.of(change, change)));

    assertThatThrownBy(() -> SavedForm.read(SavedForm.write(twice)))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("two of the same resource");
  }

  private static SavedChanges saved(ChangeSet changeSet) {
    return new SavedChanges(
        header(new RandomIam(0)),
        new DesiredState(List.of(), List.of(), Map.of()),
        Map.of(),
        changeSet);
  }

  private static SavedChanges.Header header(RandomIam random) {
    return new SavedChanges.Header(
        RandomIam.NOW,
        RandomIam.NOW.plus(Duration.ofHours(24)),
        "Google Cloud",
        random.upTo(2) == 0 ? "" : "ci@example.com",
        "1.2.3",
        List.of("--prune", "a plan.yaml", "it's"),
        new SavedChanges.Said(25, random.upTo(20), Integer.MAX_VALUE, List.of("own-role")),
        List.of(new SavedChanges.PlanFile("plans/\u001b[31m.yaml", "kleos-demo", "0".repeat(64))));
  }

  /// What a random plan comes to, on random live state.
  private static SavedChanges random(RandomIam random) {
    var lines = new HashMap<Resource, Map<Grant.Assignment, PlanLine>>();
    var policies = new ArrayList<DesiredPolicy>();
    for (var resource : List.of(NEW, OLD, SERVICE)) {
      var policy = policy(resource, random);
      policies.add(policy);
      var ofPolicy = new HashMap<Grant.Assignment, PlanLine>();
      policy
          .grants()
          .forEach(grant ->
              ofPolicy.put(
                  grant.assignment(),
                  new PlanLine("p.yaml", 1, 7, random.upTo(2) == 0 ? null : "so \"be\" it")));
      lines.put(resource, ofPolicy);
    }
    var desired =
        new DesiredState(
            List.of(
                ServiceAccount.desired(NEW, "Fresh", null),
                ServiceAccount.desired(OLD, "New name", "")),
            policies,
            Map.of("kleos-demo", "123456789012"));
    var live =
        new LiveState(
            Map.of(
                NEW,
                new Live.Absent<>(),
                OLD,
                new Live.Read<>(new ServiceAccount(OLD, null, "was", "1", random.upTo(2) == 0))),
            Map.of(
                NEW,
                new Live.Absent<>(),
                OLD,
                new Live.Read<>(random.policy().withExemptions(random.upTo(3))),
                SERVICE,
                new Live.Read<>(random.policy())));
    var pruning = new Pruning(random.upTo(2) == 0, false, random.upTo(2) == 0, false, Set.of());
    return new SavedChanges(
        header(random), desired, lines, Planner.plan(desired, live, pruning, RandomIam.NOW));
  }

  private static DesiredPolicy policy(Resource resource, RandomIam random) {
    var grants = random.grants();
    var allowances = new LinkedHashMap<Grant, Allowance>();
    grants.forEach(grant -> {
      if (random.upTo(4) == 0) {
        allowances.put(grant, random.oneOf(List.of(Allowance.values())));
      }
    });
    var managed = new LinkedHashSet<Role>(random.roles());
    grants.forEach(grant -> managed.add(grant.role()));
    var ended = Set.of(new Grant.Assignment(new Role("roles/x"), Principal.of("user:e@x.example")));
    return new DesiredPolicy(
        resource, grants, allowances, managed, ended, random.oneOf(List.of(Unmanaged.values())));
  }
}
