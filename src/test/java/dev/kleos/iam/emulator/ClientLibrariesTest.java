package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.email;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.iam.admin.v1.IAMClient;
import com.google.cloud.iam.admin.v1.IAMSettings;
import com.google.cloud.resourcemanager.v3.ProjectsClient;
import com.google.cloud.resourcemanager.v3.ProjectsSettings;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import java.io.IOException;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Google's client libraries find what they look for: pages, and the details of errors.
class ClientLibrariesTest {
  private final Google google = Google.demo();
  private final TransportChannelProvider transport =
      FixedTransportChannelProvider.create(GrpcTransportChannel.create(google.channel));

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void iamClient_pagesThroughAccounts_andReadsErrorInfo() throws IOException {
    var settings =
        IAMSettings.newBuilder()
            .setTransportChannelProvider(transport)
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build();
    try (var client = IAMClient.create(settings)) {
      for (var i = 100; i < 145; i++) {
        google.create("account-" + i);
      }
      var all = client.listServiceAccounts(PROJECT).iterateAll();
      assertThat(StreamSupport.stream(all.spliterator(), false)).hasSize(45);

      var denied =
          catchThrowableOfType(
              PermissionDeniedException.class,
              () -> client.getServiceAccount("projects/-/serviceAccounts/" + email("missing")));
      assertThat(denied.getReason()).isEqualTo("IAM_PERMISSION_DENIED");
      assertThat(denied.getDomain()).isEqualTo("iam.googleapis.com");

      var resource = account("account-100");
      var stale = client.getIamPolicy(resource);
      assertThat(client.setIamPolicy(resource, stale).getEtag()).isNotEqualTo(stale.getEtag());
      assertThat(
              catchThrowableOfType(
                  AbortedException.class, () -> client.setIamPolicy(resource, stale)))
          .hasMessageContaining("There were concurrent policy changes.");
    }
  }

  @Test
  void servicesClient_readsAService() throws IOException {
    var settings =
        ServicesSettings.newBuilder()
            .setTransportChannelProvider(transport)
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build();
    try (var client = ServicesClient.create(settings)) {
      assertThat(client.getService(SERVICE).getName()).isEqualTo(SERVICE);
      assertThat(client.getIamPolicy(GetIamPolicyRequest.newBuilder().setResource(SERVICE).build()))
          .isEqualTo(Policies.NEVER_SET);
    }
  }

  @Test
  void projectsClient_readsAndWritesAProject() throws IOException {
    var settings =
        ProjectsSettings.newBuilder()
            .setTransportChannelProvider(transport)
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build();
    try (var client = ProjectsClient.create(settings)) {
      assertThat(client.getProject(PROJECT).getName()).isEqualTo("projects/123456789012");
      assertThat(client.setIamPolicy(PROJECT, Policy.getDefaultInstance()).getEtag()).isNotEmpty();
    }
  }
}
