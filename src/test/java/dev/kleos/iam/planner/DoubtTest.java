package dev.kleos.iam.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.planner.Doubt.LikeMember;
import dev.kleos.iam.planner.Doubt.NewDomain;
import dev.kleos.iam.planner.Doubt.OtherType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoubtTest {
  private static final String ALICE = "user:alice@example.com";
  private static final String INVOKER = "serviceAccount:invoker@kleos-demo.iam.gserviceaccount.com";
  private static final String AGENT =
      "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user:alicee@example.com",
        "user:alic@example.com",
        "user:alise@example.com",
        "user:alcie@example.com",
        "user:ALCIE@Example.com",
        "user:alice@exmaple.com",
        "user:alice@example.co",
        "user:alic@eexample.com",
        "group:alise@example.com"
      })
  void about_whenOneEditAwayFromAMember_namesTheMember_andNothingElse(String newcomer) {
    assertThat(about(newcomer, "user:zoe@example.com", ALICE))
        .containsExactly(new LikeMember(Principal.of(newcomer), Principal.of(ALICE)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"user:bob@example.com", "user:alyse@example.com", "user:alicexx@example.com"})
  void about_whenFurtherAwayFromAMember_isSilent(String newcomer) {
    assertThat(about(newcomer, ALICE)).isEmpty();
  }

  @Test
  void about_whenLikeSeveralMembers_namesTheFirst() {
    assertThat(about("user:bob2@example.com", "user:bob1@example.com", "user:bob3@example.com"))
        .containsExactly(
            new LikeMember(
                Principal.of("user:bob2@example.com"), Principal.of("user:bob1@example.com")));
  }

  @ParameterizedTest
  @CsvSource({
    "domain:exmaple.com, domain:example.com",
    "serviceAccount:invokr@kleos-demo.iam.gserviceaccount.com,"
        + " serviceAccount:invoker@kleos-demo.iam.gserviceaccount.com",
    "serviceAccount:invoker@kleos-dem.iam.gserviceaccount.com,"
        + " serviceAccount:invoker@kleos-demo.iam.gserviceaccount.com",
    "serviceAccount:p.svc.id.goog[ci/runer], serviceAccount:p.svc.id.goog[ci/runner]"
  })
  void about_whenADomainOrAnAccountIsOneEditAway_namesTheMember(String newcomer, String member) {
    assertThat(about(newcomer, member))
        .containsExactly(new LikeMember(Principal.of(newcomer), Principal.of(member)));
  }

  @Test
  void about_whenADomainIsLikeAnAddress_isSilentAboutTheLikeness() {
    assertThat(about("domain:ab.example", "user:a@b.example"))
        .containsExactly(newDomain("domain:ab.example", "ab.example", "b.example"));
  }

  @ParameterizedTest
  @CsvSource({
    "group:alice@example.com, user:alice@example.com",
    "user:alice@example.com, group:ALICE@example.com",
    "user:a@p.iam.gserviceaccount.com, serviceAccount:a@p.iam.gserviceaccount.com"
  })
  void about_whenAMemberAsAnotherType_namesTheMember_andNothingElse(
      String newcomer, String member) {
    assertThat(about(newcomer, "user:zoe@example.com", member))
        .containsExactly(new OtherType(Principal.of(newcomer), Principal.of(member)));
  }

  @Test
  void about_whenAMemberAsAnotherType_andLikeASecondOne_saysBoth() {
    var newcomer = "user:staff@example.com";

    assertThat(about(newcomer, "group:staff@example.com", "user:staf@example.com"))
        .containsExactly(
            new OtherType(Principal.of(newcomer), Principal.of("group:staff@example.com")),
            new LikeMember(Principal.of(newcomer), Principal.of("user:staf@example.com")));
  }

  @ParameterizedTest
  @CsvSource({
    "user:bob@Exampel.org, exampel.org, example.org",
    "group:staff@exampel.org, exampel.org, example.org",
    "domain:example.xyz, example.xyz, example.org",
    "user:bob@other.test, other.test,"
  })
  void about_whenNoMemberIsOfTheDomain_namesIt_andTheNearest(
      String newcomer, String domain, @Nullable String nearest) {
    assertThat(about(newcomer, "user:zoe@example.org"))
        .containsExactly(newDomain(newcomer, domain, nearest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"user:zoe@other.test", "group:all@OTHER.test", "domain:other.test"})
  void about_whenAUserAGroupOrTheDomainItselfIsAMember_knowsTheDomain(String member) {
    assertThat(about("user:bob@other.test", ALICE, member)).isEmpty();
    assertThat(about("user:bob@other.test", ALICE)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "serviceAccount:ci@kleos-dmeo.iam.gserviceaccount.com, kleos-dmeo.iam.gserviceaccount.com,"
        + " kleos-demo.iam.gserviceaccount.com",
    "serviceAccount:ci@elsewhere.iam.gserviceaccount.com, elsewhere.iam.gserviceaccount.com,",
    "serviceAccount:ci@kleos-prod.iam.gserviceaccount.com, kleos-prod.iam.gserviceaccount.com,"
  })
  void about_whenNoMemberIsOfTheAccountsProject_namesItsHost_andTheNearestByProject(
      String newcomer, String host, @Nullable String nearest) {
    assertThat(about(newcomer, INVOKER)).containsExactly(newDomain(newcomer, host, nearest));
  }

  @Test
  void about_whenNobodyOfItsKindIsAMember_takesEveryDomain() {
    var account = "serviceAccount:ci@elsewhere.iam.gserviceaccount.com";
    var compute = "serviceAccount:1-compute@developer.gserviceaccount.com";

    assertThat(about("user:bob@other.test", INVOKER)).isEmpty();
    assertThat(about(account, ALICE)).isEmpty();
    assertThat(about(account, compute)).isEmpty();
    assertThat(about(ALICE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serviceAccount:1-compute@developer.gserviceaccount.com",
        "serviceAccount:kleos-demo@appspot.gserviceaccount.com",
        "serviceAccount:kleos-demo.svc.id.goog[ci/runner]"
      })
  void about_whenAnAccountsHostIsNoProjects_takesIt(String newcomer) {
    assertThat(about(newcomer, INVOKER)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"user:alice@example.com", "user:ALICE@Example.com"})
  void about_whenAMemberAlready_isSilent(String newcomer) {
    assertThat(about(newcomer, "user:alicee@example.com", "user:x@other.test", ALICE)).isEmpty();
  }

  @Test
  void about_whenNewcomersShareADomainOrAreAlike_doubtsEachByTheMembersAlone() {
    var newcomers =
        principals("user:bob@other.test", "user:bob1@other.test", "user:bob@other.test");

    assertThat(Doubt.about(newcomers, principals(ALICE)))
        .containsExactly(
            newDomain("user:bob@other.test", "other.test", null),
            newDomain("user:bob1@other.test", "other.test", null));
  }

  @ParameterizedTest
  @CsvSource({
    "deleted:user:alice@other.test?uid=1, user:alice@other.test",
    AGENT + ", serviceAccount:service-12345678901@gcp-sa-pubsub.iam.gserviceaccount.com",
    AGENT + ", user:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com"
  })
  void about_whenAMemberIsDeletedOrAServiceAgent_tellsNothingByIt(String member, String newcomer) {
    assertThat(about(newcomer, member)).isEmpty();
    assertThat(about(newcomer, member, INVOKER, ALICE))
        .allSatisfy(doubt -> assertThat(doubt).isInstanceOf(NewDomain.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allUsers",
        "allAuthenticatedUsers",
        "principal://iam.googleapis.com/locations/global/workforcePools/p/subject/alice",
        "principalSet://iam.googleapis.com/locations/global/workforcePools/p/group/x",
        "deleted:user:alice@example.com?uid=2",
        AGENT
      })
  void about_whenNobodyTypesSuchAnAddress_isSilent(String newcomer) {
    var others =
        List.of(
            ALICE,
            INVOKER,
            "allUser",
            "principal://iam.googleapis.com/locations/global/workforcePools/p/subject/alic",
            "deleted:user:alice@example.com?uid=1");

    assertThat(about(newcomer, others.toArray(String[]::new))).isEmpty();
    for (var member : others.subList(2, others.size())) {
      assertThat(about("user:bob@example.com", ALICE, member)).isEmpty();
    }
  }

  @Test
  void about_of20NewcomersAndAPolicyFullOfLongAddresses_isDoneAtOnce() {
    var padding = "a".repeat(900);
    var members = numbered(1500, padding, "x@example.com");
    var newcomers = numbered(20, padding, "y@example.com");

    var doubts =
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Doubt.about(newcomers, members));

    assertThat(doubts).hasSize(20);
  }

  private static List<Principal> numbered(int count, String before, String after) {
    return IntStream.range(1000, 1000 + count)
        .mapToObj(i -> Principal.of("user:" + before + i + after))
        .toList();
  }

  private static Doubt newDomain(String newcomer, String domain, @Nullable String nearest) {
    return new NewDomain(Principal.of(newcomer), domain, Optional.ofNullable(nearest));
  }

  private static List<Doubt> about(String newcomer, String... members) {
    return Doubt.about(principals(newcomer), principals(members));
  }

  private static List<Principal> principals(String... members) {
    return Stream.of(members).map(Principal::of).toList();
  }
}
