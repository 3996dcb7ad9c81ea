package dev.kleos.iam.planner;

import static dev.kleos.iam.planner.Wish.grant;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planner.Remainder.Left;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemainderTest {
  private static final Resource SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final Resource PROJECT = new Resource.Project("kleos-demo");
  private static final String BOB = "user:bob@example.com";
  private static final String INVOKER = "roles/run.invoker";

  @Test
  void whatThePrincipalHasItself_isLeft_onTheProjectAnyRole() {
    var developer = grant("roles/run.developer", BOB);
    var editor = grant("roles/editor", BOB);

    var left = left(Map.of(SERVICE, developer, PROJECT, editor));

    assertThat(left.own())
        .containsExactlyInAnyOrder(new Left(SERVICE, developer), new Left(PROJECT, editor));
    assertThat(left.through()).isEmpty();
  }

  @Test
  void theTraceOfADeletedPrincipal_isItsOwn() {
    var trace = grant(INVOKER, "deleted:user:bob@example.com?uid=1");

    assertThat(left(Map.of(SERVICE, trace)).own()).containsExactly(new Left(SERVICE, trace));
  }

  @Test
  void anEndedGrant_isNoAccess() {
    var ended = grant("roles/run.developer", BOB, Condition.until(RandomIam.NOW.minusSeconds(1)));

    assertThat(left(Map.of(SERVICE, ended))).isEqualTo(Remainder.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "group:all@example.com",
        "domain:Example.com",
        "allUsers",
        "allAuthenticatedUsers"
      })
  void whoMayContainThePrincipal_isLeft(String container) {
    var grant = grant("roles/run.developer", container);

    assertThat(left(Map.of(SERVICE, grant)).through()).containsExactly(new Left(SERVICE, grant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user:alice@example.com",
        "domain:example.org",
        "domain:ample.com",
        "serviceAccount:a@kleos-demo.iam.gserviceaccount.com",
        "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*",
        "deleted:group:all@example.com?uid=1"
      })
  void whoCannotContainIt_isNot(String other) {
    assertThat(left(Map.of(SERVICE, grant(INVOKER, other)))).isEqualTo(Remainder.NONE);
  }

  @Test
  void aGroupOnTheProject_isLeft_whateverItsRole() {
    var owner = grant("roles/owner", "group:all@example.com");

    assertThat(left(Map.of(PROJECT, owner)).through()).containsExactly(new Left(PROJECT, owner));
  }

  private static Remainder left(Map<Resource, Grant> live) {
    var policies =
        live.entrySet().stream()
            .collect(toMap(Map.Entry::getKey, e -> AllowPolicy.of("ACAB", List.of(e.getValue()))));
    return Remainder.of(Set.of(Principal.of(BOB)), policies, RandomIam.NOW);
  }
}
