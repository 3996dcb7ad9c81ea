package dev.kleos.iam.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceTest {
  @Test
  void names_areThoseOfGooglesApis() {
    assertThat(Resource.Account.inProject("kleos-demo", "invoker").name())
        .isEqualTo(
            "projects/kleos-demo/serviceAccounts/invoker@kleos-demo.iam.gserviceaccount.com");
    assertThat(new Resource.Service("kleos-demo", "us-central1", "api").name())
        .isEqualTo("projects/kleos-demo/locations/us-central1/services/api");
    assertThat(new Resource.Project("kleos-demo").name()).isEqualTo("projects/kleos-demo");
  }

  @ParameterizedTest
  @CsvSource({
    "kleos-demo, invoker@kleos-demo.iam.gserviceaccount.com",
    "example.com:kleos, invoker@kleos.example.com.iam.gserviceaccount.com",
    "sub.example.com:kleos, invoker@kleos.sub.example.com.iam.gserviceaccount.com"
  })
  void anAccount_byIdAndByAddress_isTheSame_inDomainScopedProjectsToo(
      String project, String email) {
    var byId = Resource.Account.inProject(project, "invoker");

    assertThat(byId.email()).isEqualTo(email);
    assertThat(Resource.Account.ofEmail(email)).isEqualTo(byId);
    assertThat(byId.accountId()).isEqualTo("invoker");
  }

  @ParameterizedTest
  @CsvSource({
    "kleos-demo@appspot.gserviceaccount.com, kleos-demo",
    "kleos.example.com@appspot.gserviceaccount.com, example.com:kleos",
    "123456789012-compute@developer.gserviceaccount.com, -",
    "123456789012@cloudservices.gserviceaccount.com, -"
  })
  void ofEmail_findsTheProjectThatTheAddressTellsOf_elseTheWildcard(String email, String project) {
    assertThat(Resource.Account.ofEmail(email)).isEqualTo(new Resource.Account(project, email));
  }

  @Test
  void anAccount_isAMemberByItsAddress() {
    assertThat(Resource.Account.inProject("kleos-demo", "invoker").principal().spelling())
        .isEqualTo("serviceAccount:invoker@kleos-demo.iam.gserviceaccount.com");
  }
}
