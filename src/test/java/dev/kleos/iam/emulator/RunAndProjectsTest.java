package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.cloud.resourcemanager.v3.Project;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.cloud.run.v2.Service;
import io.grpc.Status.Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunAndProjectsTest {
  private static final String LOCATION = PROJECT + "/locations/us-central1";

  private final Google google = Google.demo();

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void getService_hasBothFormsOfAddress() {
    var service = service(SERVICE);

    assertThat(service.getName()).isEqualTo(SERVICE);
    assertThat(service.getUrlsList())
        .contains("https://kleos-service-123456789012.us-central1.run.app", service.getUri())
        .hasSize(2);
    assertThat(service.getUri()).matches("https://kleos-service-[0-9a-f]{10}-uc\\.a\\.run\\.app");
    assertThat(service("projects/123456789012/locations/us-central1/services/kleos-service"))
        .isEqualTo(service);
  }

  @Test
  void getService_missing_isNotFound_andDeniedInAMissingProject() {
    assertThat(failure(() -> service(LOCATION + "/services/x")).getStatus().getCode())
        .isEqualTo(Code.NOT_FOUND);
    assertThat(failure(() -> google.get(LOCATION + "/services/x")).getStatus().getCode())
        .isEqualTo(Code.NOT_FOUND);
    assertThat(
            failure(() -> service("projects/nowhere/locations/l/services/x")).getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void listServices_listsOneRegionInPages() {
    var world = google.emulator.world();
    for (var name : new String[] {"a", "b", "c"}) {
      world.ensureService("kleos-demo", "europe-west1", name);
    }
    world.ensureService("other", "europe-west1", "d");
    var request =
        ListServicesRequest.newBuilder()
            .setParent(PROJECT + "/locations/europe-west1")
            .setPageSize(2);

    var first = google.run.listServices(request.build());
    var second = google.run.listServices(request.setPageToken(first.getNextPageToken()).build());

    assertThat(first.getServicesList())
        .extracting(Service::getName)
        .map(RunAndProjectsTest::last)
        .containsExactly("a", "b");
    assertThat(second.getServicesList())
        .extracting(Service::getName)
        .map(RunAndProjectsTest::last)
        .containsExactly("c");
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void listServices_ofAllRegions_isRejected() {
    var request = ListServicesRequest.newBuilder().setParent(PROJECT + "/locations/-").build();

    assertThat(failure(() -> google.run.listServices(request)).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void getProject_byIdOrNumber_isNamedByNumber() {
    var project = project(PROJECT);

    assertThat(project.getName()).isEqualTo("projects/123456789012");
    assertThat(project.getProjectId()).isEqualTo("kleos-demo");
    assertThat(project.getState()).isEqualTo(Project.State.ACTIVE);
    assertThat(project("projects/123456789012")).isEqualTo(project);
  }

  @Test
  void getProject_missing_isDenied() {
    assertThat(failure(() -> project("projects/nowhere")).getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
    assertThat(failure(() -> google.get("projects/nowhere")).getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void malformedNames_areInvalid() {
    assertThat(failure(() -> project("kleos-demo")).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure(() -> service(LOCATION)).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure(() -> google.get("projects//serviceAccounts/x")).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void policy_isOneByIdAndByNumber() {
    var written = google.set(PROJECT, policy(binding("roles/viewer", "user:alice@example.com")));

    assertThat(google.get("projects/123456789012")).isEqualTo(written);
    assertThat(google.emulator.world().policy("projects/123456789012")).isEqualTo(written);
  }

  private Service service(String name) {
    return google.run.getService(GetServiceRequest.newBuilder().setName(name).build());
  }

  private Project project(String name) {
    return google.projects.getProject(GetProjectRequest.newBuilder().setName(name).build());
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
