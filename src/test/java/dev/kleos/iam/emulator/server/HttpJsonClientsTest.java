package dev.kleos.iam.emulator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.cloud.resourcemanager.v3.ProjectsClient;
import com.google.cloud.resourcemanager.v3.ProjectsSettings;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import com.google.iam.v1.Binding;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.GetPolicyOptions;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.type.Expr;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Google's client libraries for Java, where they speak HTTP and JSON.
class HttpJsonClientsTest {
  private final Rest rest = new Rest();

  @AfterEach
  void close() {
    rest.close();
  }

  @Test
  void servicesClient_readsAndWritesAPolicyWithACondition() throws IOException {
    var settings =
        ServicesSettings.newHttpJsonBuilder()
            .setEndpoint(rest.server.url())
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build();
    try (var client = ServicesClient.create(settings)) {
      assertThat(client.getService(Rest.SERVICE).getUri())
          .isEqualTo(rest.server.url() + "/run/kleos-demo/us-central1/kleos-service");
      var read = client.getIamPolicy(request(Rest.SERVICE));

      var written = client.setIamPolicy(set(Rest.SERVICE, conditional(read)));

      assertThat(written.getVersion()).isEqualTo(3);
      assertThat(client.getIamPolicy(request(Rest.SERVICE))).isEqualTo(written);
      assertThat(rest.emulator.world().policy(Rest.SERVICE)).isEqualTo(written);
    }
  }

  @Test
  void projectsClient_seesAStaleEtag_asAConflict() throws IOException {
    var settings =
        ProjectsSettings.newHttpJsonBuilder()
            .setEndpoint(rest.server.url())
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build();
    try (var client = ProjectsClient.create(settings)) {
      var project = client.getProject("projects/kleos-demo").getName();
      var read = client.getIamPolicy(request(project));
      client.setIamPolicy(set(project, conditional(read)));

      var stale =
          catchThrowableOfType(ApiException.class, () -> client.setIamPolicy(set(project, read)));

      assertThat(stale.getStatusCode().getCode()).isEqualTo(Code.ABORTED);
      assertThat(rest.emulator.world().policy(project).getBindingsCount()).isOne();
    }
  }

  private static GetIamPolicyRequest request(String resource) {
    var options = GetPolicyOptions.newBuilder().setRequestedPolicyVersion(3);
    return GetIamPolicyRequest.newBuilder().setResource(resource).setOptions(options).build();
  }

  private static SetIamPolicyRequest set(String resource, Policy policy) {
    return SetIamPolicyRequest.newBuilder().setResource(resource).setPolicy(policy).build();
  }

  private static Policy conditional(Policy read) {
    var condition =
        Expr.newBuilder()
            .setTitle("until")
            .setExpression("request.time < timestamp(\"2027-01-01T00:00:00Z\")");
    var binding =
        Binding.newBuilder()
            .setRole("roles/run.invoker")
            .addMembers("user:alice@example.com")
            .setCondition(condition);
    return read.toBuilder().setVersion(3).addBindings(binding).build();
  }
}
