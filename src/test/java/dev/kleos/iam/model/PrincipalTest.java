package dev.kleos.iam.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalTest {
  @ParameterizedTest
  @CsvSource({
    "user:alice@example.com, user:Alice@EXAMPLE.com",
    "group:devs@example.com, group:DEVS@example.com",
    "domain:example.com, domain:Example.COM",
    "serviceAccount:a@p.iam.gserviceaccount.com, serviceAccount:A@P.iam.gserviceaccount.com",
    "deleted:user:x@example.com?uid=1, deleted:user:X@example.com?uid=1"
  })
  void addresses_compareWithoutRegardToAsciiCase(String one, String other) {
    assertThat(Principal.of(one))
        .isEqualTo(Principal.of(other))
        .hasSameHashCodeAs(Principal.of(other));
    assertThat(Principal.of(one)).isEqualByComparingTo(Principal.of(other));
  }

  @ParameterizedTest
  @CsvSource({
    "user:alice@example.com, User:alice@example.com",
    "serviceAccount:a@p.iam.gserviceaccount.com, serviceaccount:a@p.iam.gserviceaccount.com",
    "user:alice@example.com, group:alice@example.com",
    "user:x@example.com, deleted:user:x@example.com?uid=1",
    "deleted:user:x@example.com?uid=1, deleted:user:x@example.com?uid=2",
    "allUsers, allusers",
    "principal://iam.googleapis.com/p/subject/S, principal://iam.googleapis.com/p/subject/s",
    "principalSet://iam.googleapis.com/p/group/G, principalSet://iam.googleapis.com/p/group/g",
    "deleted:principal://iam.googleapis.com/p/S, deleted:principal://iam.googleapis.com/p/s"
  })
  void prefixesAndIdentifiers_compareWithRegardToCase(String one, String other) {
    assertThat(Principal.of(one)).isNotEqualTo(Principal.of(other));
  }

  @Test
  void theKelvinSign_isNoK() {
    assertThat(Principal.of("user:\u212Aate@example.com"))
        .isNotEqualTo(Principal.of("user:kate@example.com"));
  }

  @Test
  void theSpelling_ridesAlongUnchanged() {
    assertThat(Principal.of("user:Alice@Example.com").spelling())
        .isEqualTo("user:Alice@Example.com");
    assertThat(Principal.of("user:Alice@Example.com")).hasToString("user:Alice@Example.com");
  }

  @Test
  void typeAndValue_standBeforeAndAfterTheFirstColon() {
    var deleted = Principal.of("deleted:user:x@example.com?uid=1");

    assertThat(deleted.value()).isEqualTo("user:x@example.com?uid=1");
    assertThat(Principal.of("allUsers").value()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com",
        "serviceAccount:service-123456789012@compute-system.iam.gserviceaccount.com",
        "serviceAccount:service-123456789012@serverless-robot-prod.iam.gserviceaccount.com",
        "serviceAccount:service-123456789012@cloud-ml.google.com.iam.gserviceaccount.com",
        "serviceAccount:service-org-123456789012@security-center-api.iam.gserviceaccount.com",
        "serviceAccount:service-folder-123456789012@gcp-sa-logging.iam.gserviceaccount.com",
        "serviceAccount:p123456789012-abcdef@gcp-sa-cloud-sql.iam.gserviceaccount.com",
        "serviceAccount:123456789012@cloudservices.gserviceaccount.com",
        "serviceAccount:123456789012@cloudbuild.gserviceaccount.com",
        "serviceAccount:cloud-logs@system.gserviceaccount.com",
        "serviceAccount:bq-123456789012@bigquery-encryption.iam.gserviceaccount.com",
        "serviceAccount:project-123456789012@storage-transfer-service.iam.gserviceaccount.com",
        "serviceAccount:Service-123456789012@GCP-sa-pubsub.iam.gserviceaccount.com"
      })
  void serviceAgents_areProtected(String member) {
    assertThat(Principal.of(member).isServiceAgent()).isTrue();
    assertThat(Principal.of(member).isProtected()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serviceAccount:123456789012-compute@developer.gserviceaccount.com",
        "serviceAccount:kleos-demo@appspot.gserviceaccount.com",
        "serviceAccount:invoker@kleos-demo.iam.gserviceaccount.com",
        "serviceAccount:my-service-123@kleos-demo.iam.gserviceaccount.com",
        "serviceAccount:service-123456789012@attacker-project.iam.gserviceaccount.com",
        "serviceAccount:service-1@not-gcp-sa-pubsub.iam.gserviceaccount.com",
        "serviceAccount:x@cloudservices.gserviceaccount.com.evil.example",
        "user:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com",
        "user:alice@example.com",
        "allUsers"
      })
  void others_areNotProtected(String member) {
    assertThat(Principal.of(member).isProtected()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deleted:user:x@example.com?uid=1",
        "deleted:serviceAccount:x@p.iam.gserviceaccount.com?uid=1",
        "deleted:principal://iam.googleapis.com/locations/global/workforcePools/p/subject/s"
      })
  void deletedMembers_areProtected(String member) {
    assertThat(Principal.of(member).isDeleted()).isTrue();
    assertThat(Principal.of(member).isProtected()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "allUsers, true",
    "allAuthenticatedUsers, true",
    "allusers, false",
    "user:allUsers@example.com, false"
  })
  void isPublic_isToBeOneOfTheTwo(String member, boolean isPublic) {
    assertThat(Principal.of(member).isPublic()).isEqualTo(isPublic);
  }

  @Test
  void anEmptyMember_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Principal.of(""));
  }
}
