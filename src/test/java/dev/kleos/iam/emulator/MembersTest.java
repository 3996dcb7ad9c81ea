package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.USER_ROLE;
import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MembersTest {
  private final Google google = Google.demo();

  @BeforeEach
  void createAccount() {
    google.create("invoker");
  }

  @AfterEach
  void close() {
    google.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user:alice@example.com",
        "user:Alice.O'Neil+x@Example.com",
        "group:kleos-devs@example.com",
        "domain:example.com",
        "allUsers",
        "allAuthenticatedUsers",
        "serviceAccount:invoker@kleos-demo.iam.gserviceaccount.com",
        "serviceAccount:foreign@other-project.iam.gserviceaccount.com",
        "serviceAccount:x@p.example.com.iam.gserviceaccount.com",
        "serviceAccount:service-123456789012@gcp-sa-run.iam.gserviceaccount.com",
        "serviceAccount:123456789012-compute@developer.gserviceaccount.com",
        "serviceAccount:kleos-demo.svc.id.goog[ci/runner]",
        "deleted:user:alice@example.com?uid=123456789012345678901",
        "deleted:serviceAccount:gone@kleos-demo.iam.gserviceaccount.com?uid=123456789012345678901",
        "deleted:group:devs@example.com?uid=123456789012345678901",
        "deleted:principal://iam.googleapis.com/locations/global/workforcePools/p/subject/s",
        "principal://iam.googleapis.com/locations/global/workforcePools/p/subject/s",
        "principalSet://cloudresourcemanager.googleapis.com/projects/1/type/ServiceAccount",
      })
  void set_acceptsAndKeepsTheSpelling(String member) {
    assertThat(
            google
                .set(SERVICE, policy(binding("roles/run.invoker", member)))
                .getBindings(0)
                .getMembersList())
        .containsExactly(member);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          alice@example.com | Policy members must be of the form "<type>:<value>".
          user: | Policy members must be of the form "<type>:<value>".
          :alice@example.com | Policy members must be of the form "<type>:<value>".
          allusers | Policy members must be of the form "<type>:<value>".
          User:alice@example.com | The member User:alice@example.com is of an unknown type. Please set a valid type prefix for the member.
          serviceaccount:x@p.iam.gserviceaccount.com | The member serviceaccount:x@p.iam.gserviceaccount.com is of an unknown type. Please set a valid type prefix for the member.
          projectOwner:kleos-demo | The member projectOwner:kleos-demo is of an unknown type. Please set a valid type prefix for the member.
          user:invoker@kleos-demo.iam.gserviceaccount.com | Account invoker@kleos-demo.iam.gserviceaccount.com is of type "serviceAccount". Please set the type prefix to be "serviceAccount:".
          group:x@other.iam.gserviceaccount.com | Account x@other.iam.gserviceaccount.com is of type "serviceAccount". Please set the type prefix to be "serviceAccount:".
          serviceAccount:alice@example.com | Account alice@example.com is of type "user". Please set the type prefix to be "user:".
          serviceAccount:missing@kleos-demo.iam.gserviceaccount.com | Service account missing@kleos-demo.iam.gserviceaccount.com does not exist.
          user:alice | Request contains an invalid argument.
          domain:alice@example.com | Request contains an invalid argument.
          principal:alice@example.com | Request contains an invalid argument.
          deleted:user:alice@example.com | Request contains an invalid argument.
          """)
  void set_refusesInGooglesWords(String member, String text) {
    var written =
        google.set(SERVICE, policy(binding("roles/run.invoker", "user:before@example.com")));

    var failure =
        failure(() ->
            google.set(
                SERVICE, policy(binding("roles/run.invoker", "user:alice@example.com", member))));

    assertThat(failure.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.getStatus().getDescription()).isEqualTo(text);
    assertThat(google.get(SERVICE)).isEqualTo(written);
  }

  @Test
  void set_storesALiveAccountInItsOwnSpelling() {
    var member = "serviceAccount:Invoker@Kleos-Demo.iam.gserviceaccount.com";

    assertThat(
            google
                .set(SERVICE, policy(binding("roles/run.invoker", member)))
                .getBindings(0)
                .getMembersList())
        .containsExactly("serviceAccount:invoker@kleos-demo.iam.gserviceaccount.com");
  }

  @Test
  void set_onAProject_takesConvenienceValuesButNotThePublic() {
    assertThat(
            google
                .set(PROJECT, policy(binding("roles/viewer", "projectViewer:kleos-demo")))
                .getBindingsCount())
        .isEqualTo(1);
    assertThat(
            failure(() -> google.set(PROJECT, policy(binding("roles/viewer", "allUsers"))))
                .getStatus()
                .getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void set_onAnAccount_validatesAsWell() {
    assertThat(
            failure(() -> google.set(account("invoker"), policy(binding(USER_ROLE, "robot:r2d2"))))
                .getStatus()
                .getDescription())
        .startsWith("The member robot:r2d2 is of an unknown type.");
  }

  @Test
  void set_validatesExemptedMembersThatAreMaskedIn() {
    var request = Google.exempting(PROJECT, "robot:r2d2");

    assertThat(failure(() -> google.set(request)).getStatus().getDescription())
        .startsWith("The member robot:r2d2 is of an unknown type.");
  }
}
