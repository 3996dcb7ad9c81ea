package dev.kleos.iam.google;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the ports promise: the same of the hand-written fake, which the core's tests rest on, and
/// of Google's client libraries.
@ParameterizedClass
@EnumSource(House.Kind.class)
class PortsContractTest {
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "invoker");
  private static final Resource.Account ABSENT = Resource.Account.inProject("kleos-demo", "absent");
  private static final Resource.Project PROJECT = new Resource.Project("kleos-demo");
  private static final String ROLE = "projects/kleos-demo/roles/anything";
  private static final Grant ALICE = grant(ROLE, "user:alice@example.com");
  private static final Grant BOB = grant(ROLE, "user:bob@example.com");

  private final House house;

  PortsContractTest(House.Kind kind) {
    this.house = kind.open();
  }

  static List<Resource> everyKind() {
    return List.of(ACCOUNT, House.SERVICE, PROJECT);
  }

  @BeforeEach
  void createAccount() {
    house.cloud().accounts().create(ServiceAccount.desired(ACCOUNT, "Name", "Text"));
  }

  @AfterEach
  void close() {
    house.close();
  }

  // Accounts

  @Test
  void find_ofAnAccount_hasItsTextsAndItsUniqueId() {
    var found = house.cloud().accounts().find(ACCOUNT).orElseThrow();

    assertThat(found)
        .isEqualTo(new ServiceAccount(ACCOUNT, "Name", "Text", found.uniqueId(), false));
    assertThat(found.uniqueId()).matches("\\d{21}");
  }

  @Test
  void find_ofNoAccount_isEmpty() {
    assertThat(house.cloud().accounts().find(ABSENT)).isEmpty();
  }

  @Test
  void create_withoutTexts_satisfiesAPlanWithoutAndWithEmptyOnes() {
    var desired = ServiceAccount.desired(ABSENT, null, null);
    house.cloud().accounts().create(desired);

    var found = house.cloud().accounts().find(ABSENT).orElseThrow();
    assertThat(found.satisfies(desired)).isTrue();
    assertThat(found.satisfies(ServiceAccount.desired(ABSENT, "", ""))).isTrue();
  }

  @Test
  void create_ofAnAccountThatIsThere_isAlreadyExists_andChangesNothing() {
    assertThatThrownBy(
            () -> house.cloud().accounts().create(ServiceAccount.desired(ACCOUNT, "Other", null)))
        .isInstanceOf(CloudException.AlreadyExists.class);
    assertThat(house.cloud().accounts().find(ACCOUNT).orElseThrow().displayName())
        .isEqualTo("Name");
  }

  @Test
  void update_changesTheTextsThatThePlanManages_andNoOthers() {
    house.cloud().accounts().update(ServiceAccount.desired(ACCOUNT, "Other", null));
    assertThat(texts()).containsExactly("Other", "Text");

    house.cloud().accounts().update(ServiceAccount.desired(ACCOUNT, null, ""));
    assertThat(texts()).containsExactly("Other", "");
  }

  @Test
  void update_ofNoAccount_isNotFound() {
    assertThatThrownBy(
            () -> house.cloud().accounts().update(ServiceAccount.desired(ABSENT, "Name", null)))
        .isInstanceOf(CloudException.NotFound.class);
  }

  @Test
  void list_hasEveryAccountOfTheProject_alsoOfTheSecondPage() {
    var emails = new ArrayList<>(List.of(ACCOUNT.email()));
    for (var i = 100; i < 220; i++) {
      var account = Resource.Account.inProject("kleos-demo", "account-" + i);
      house.cloud().accounts().create(ServiceAccount.desired(account, null, null));
      emails.add(account.email());
    }

    var listed = house.cloud().accounts().list("kleos-demo");

    assertThat(listed)
        .extracting(account -> account.resource().email())
        .containsExactlyInAnyOrderElementsOf(emails);
    assertThat(listed).contains(house.cloud().accounts().find(ACCOUNT).orElseThrow());
  }

  @Test
  void list_ofNoProject_isDenied_andSaysWhat() {
    var denied =
        catchThrowableOfType(
            CloudException.Denied.class, () -> house.cloud().accounts().list("absent"));

    assertThat(denied.failure().resource()).isEqualTo("projects/absent");
  }

  // Policies

  @ParameterizedTest
  @MethodSource("everyKind")
  void read_ofAPolicyThatWasNeverSet_hasNoGrants_butAnEtag(Resource resource) {
    var policy = policies().read(resource);

    assertThat(policy.grants()).isEmpty();
    assertThat(policy.exists()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void compareAndSet_onWhatWasRead_isStored_underAFreshEtag(Resource resource) {
    var read = policies().read(resource);

    var result = policies().compareAndSet(resource, read.withGrants(List.of(ALICE)));

    var now = policies().read(resource);
    assertThat(result).isEqualTo(new Policies.Stored(now));
    assertThat(now.grants()).containsExactly(ALICE);
    assertThat(now.etag()).isNotEqualTo(read.etag());
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void compareAndSet_afterARivalsWrite_isAConflict_andStoresNothing(Resource resource) {
    var read = policies().read(resource);
    house.rivalPuts(resource, BOB);

    assertThat(policies().compareAndSet(resource, read.withGrants(List.of(ALICE))))
        .isEqualTo(new Policies.Conflict());
    assertThat(policies().read(resource).grants()).containsExactly(BOB);
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void compareAndSet_twiceOnOneEtag_isAConflictTheSecondTime(Resource resource) {
    var read = policies().read(resource);
    policies().compareAndSet(resource, read.withGrants(List.of(ALICE)));

    assertThat(policies().compareAndSet(resource, read.withGrants(List.of(BOB))))
        .isEqualTo(new Policies.Conflict());
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void compareAndSet_withoutAnEtag_isAFaultOfOurs_andNeverSent(Resource resource) {
    house.rivalPuts(resource, BOB);
    var before = house.cloud().calls();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> policies().compareAndSet(resource, AllowPolicy.NONE.withGrants(List.of(ALICE))));
    assertThat(house.cloud().calls()).isEqualTo(before);
    assertThat(policies().read(resource).grants()).containsExactly(BOB);
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void deletedMembers_andTwoSpellingsOfOneAddress_andConditions_survive(Resource resource) {
    Collection<Grant> grants =
        List.of(
            ALICE,
            grant(ROLE, "user:Alice@Example.com"),
            grant(ROLE, "deleted:user:dave@example.com?uid=123"),
            grant(ROLE, "user:alice@example.com", Condition.until(RandomIam.NOW)),
            grant(ROLE, "user:alice@example.com", new Condition("t", "true", "")),
            grant(ROLE, "user:alice@example.com", new Condition("t", "true", "d")));
    house.rivalPuts(resource, grants.toArray(Grant[]::new));
    var read = policies().read(resource);
    assertThat(read.spellings()).isEqualTo(AllowPolicy.of("", grants).spellings());

    var more = new ArrayList<>(read.grants());
    more.add(BOB);
    policies().compareAndSet(resource, read.withGrants(more));

    var now = policies().read(resource);
    assertThat(now.spellings()).containsAllEntriesOf(read.spellings()).hasSize(6);
    assertThat(now.spellings().get(ALICE))
        .isEqualTo(Set.of("user:alice@example.com", "user:Alice@Example.com"));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void compareAndSet_ofAnAccountThatIsNotThere_isRejected_andNamesIt(Resource resource) {
    var next =
        policies()
            .read(resource)
            .withGrants(List.of(ALICE, grant(ROLE, ABSENT.principal().spelling())));

    var rejected =
        catchThrowableOfType(
            CloudException.Rejected.class, () -> policies().compareAndSet(resource, next));

    assertThat(rejected.failure().culpritAmong(Set.of(ALICE.principal(), ABSENT.principal())))
        .contains(ABSENT.principal());
    assertThat(policies().read(resource).grants()).isEmpty();

    house.cloud().accounts().create(ServiceAccount.desired(ABSENT, null, null));
    assertThat(policies().compareAndSet(resource, next)).isInstanceOf(Policies.Stored.class);
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void compareAndSet_ofAnAccountWrittenAsAUser_isRejected_andCorrected(Resource resource) {
    var asUser = grant(ROLE, "user:" + ACCOUNT.email());
    var next = policies().read(resource).withGrants(List.of(ALICE, asUser));

    var rejected =
        catchThrowableOfType(
            CloudException.Rejected.class, () -> policies().compareAndSet(resource, next));

    assertThat(rejected.failure().culprit()).isEqualTo(ACCOUNT.email());
    assertThat(rejected.failure().correction()).isEqualTo(ACCOUNT.principal().spelling());
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void compareAndSet_ofAnotherNameOfSomebody_answersWithTheNameThatIsStored(Resource resource) {
    house.alias("alice@example.com", "Alice.Smith@example.com");
    var sent = policies().read(resource).withGrants(List.of(ALICE, BOB));

    var stored = ((Policies.Stored) policies().compareAndSet(resource, sent)).stored();

    var primary = grant(ROLE, "user:alice.smith@example.com");
    assertThat(Outcome.stored(sent, stored, 1))
        .isEqualTo(new Outcome.Rewritten(Set.of(ALICE), Set.of(primary)));
    assertThat(stored.spellings())
        .containsEntry(primary, Set.of("user:Alice.Smith@example.com"))
        .isEqualTo(policies().read(resource).spellings());
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void compareAndSet_ofAnotherSpelling_storesTheAccountsOwn(Resource resource) {
    house.alias("alice@example.com", "Alice@Example.com");
    var sent = policies().read(resource).withGrants(List.of(ALICE));

    var stored = ((Policies.Stored) policies().compareAndSet(resource, sent)).stored();

    assertThat(Outcome.stored(sent, stored, 1)).isEqualTo(new Outcome.Applied(1));
    assertThat(stored.spellings()).containsEntry(ALICE, Set.of("user:Alice@Example.com"));
  }

  @Test
  void read_ofWhatIsNotThere_isNotFound_andSaysWhat() {
    var service = new Resource.Service("kleos-demo", "us-central1", "absent");
    for (var resource : List.of(ABSENT, service)) {
      assertThat(
              catchThrowableOfType(CloudException.NotFound.class, () -> policies().read(resource))
                  .failure()
                  .resource())
          .isEqualTo(resource.name());
    }
  }

  // The catalog, and the count

  @Test
  void theCatalog_knowsTheProjectsNumber_andItsServices() {
    assertThat(house.cloud().catalog().projectNumber(PROJECT)).isEqualTo("123456789012");
    assertThat(house.cloud().catalog().services("kleos-demo", "us-central1"))
        .containsExactly(House.SERVICE);
    assertThat(house.cloud().catalog().services("kleos-demo", "europe-west1")).isEmpty();
  }

  @Test
  void service_isAnAddressOfTheService() {
    assertThat(house.cloud().catalog().service(House.SERVICE).url())
        .matches("https://kleos-service-[a-z0-9.-]+\\.run\\.app");
  }

  @Test
  void service_ofNoService_isNotFound_andSaysWhat() {
    var absent = new Resource.Service("kleos-demo", "us-central1", "absent");

    var notFound =
        catchThrowableOfType(
            CloudException.NotFound.class, () -> house.cloud().catalog().service(absent));

    assertThat(notFound.failure().resource()).isEqualTo(absent.name());
  }

  @Test
  void projectNumber_ofNoProject_isDenied() {
    assertThatThrownBy(() -> house.cloud().catalog().projectNumber(new Resource.Project("absent")))
        .isInstanceOf(CloudException.Denied.class);
  }

  @Test
  void calls_countsReadsAndWrites() {
    assertThat(house.cloud().calls()).isEqualTo(new ApiCalls(0, 1));

    house.cloud().accounts().find(ACCOUNT);
    var read = policies().read(ACCOUNT);
    policies().compareAndSet(ACCOUNT, read.withGrants(List.of(ALICE)));
    house.cloud().accounts().update(ServiceAccount.desired(ACCOUNT, "Other", null));

    assertThat(house.cloud().calls()).isEqualTo(new ApiCalls(2, 3));
  }

  private Policies policies() {
    return house.cloud().policies();
  }

  private List<String> texts() {
    var found = house.cloud().accounts().find(ACCOUNT).orElseThrow();
    return List.of(String.valueOf(found.displayName()), String.valueOf(found.description()));
  }
}
