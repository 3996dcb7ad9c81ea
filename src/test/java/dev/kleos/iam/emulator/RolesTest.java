package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.admin.v1.GetRoleRequest;
import com.google.iam.admin.v1.ListRolesRequest;
import com.google.iam.admin.v1.QueryGrantableRolesRequest;
import com.google.iam.admin.v1.Role;
import com.google.iam.admin.v1.RoleView;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolesTest {
  private final Google google = Google.demo();

  @BeforeEach
  void createAccount() {
    google.create("invoker");
  }

  @AfterEach
  void close() {
    google.close();
  }

  @Test
  void getRole_hasWhatGoogleShows() {
    var role = role("roles/iam.serviceAccountTokenCreator");

    assertThat(role.getTitle()).isEqualTo("Service Account Token Creator");
    assertThat(role.getDescription()).startsWith("Impersonate service accounts");
    assertThat(role.getStage()).isEqualTo(Role.RoleLaunchStage.GA);
    assertThat(role.getEtag().toByteArray()).containsExactly(0);
    assertThat(role.getDeleted()).isFalse();
    assertThat(role.getIncludedPermissionsList())
        .containsExactly(
            "iam.serviceAccounts.get",
            "iam.serviceAccounts.getAccessToken",
            "iam.serviceAccounts.getOpenIdToken",
            "iam.serviceAccounts.implicitDelegation",
            "iam.serviceAccounts.list",
            "iam.serviceAccounts.signBlob",
            "iam.serviceAccounts.signJwt",
            "resourcemanager.projects.get",
            "resourcemanager.projects.list");
  }

  @ParameterizedTest
  @CsvSource({
    "roles/iam.serviceAccountUser, iam.serviceAccounts.actAs, iam.serviceAccounts.getAccessToken",
    "roles/iam.serviceAccountOpenIdTokenCreator, iam.serviceAccounts.getOpenIdToken, iam.serviceAccounts.get",
    "roles/iam.serviceAccountAdmin, iam.serviceAccounts.setIamPolicy, iam.serviceAccounts.actAs",
    "roles/iam.workloadIdentityUser, iam.serviceAccounts.getOpenIdToken, iam.serviceAccounts.signJwt",
    "roles/iam.securityReviewer, run.services.getIamPolicy, run.services.setIamPolicy",
    "roles/iam.securityAdmin, cloudasset.assets.searchAllIamPolicies, run.services.get",
    "roles/run.invoker, run.jobs.run, run.services.get",
    "roles/run.servicesInvoker, run.routes.invoke, run.jobs.run",
    "roles/run.admin, run.services.setIamPolicy, iam.serviceAccounts.actAs",
    "roles/run.developer, run.services.update, run.services.setIamPolicy",
    "roles/run.viewer, run.services.getIamPolicy, run.routes.invoke",
    "roles/resourcemanager.projectIamAdmin, resourcemanager.projects.setIamPolicy, run.services.get",
    "roles/owner, iam.serviceAccounts.setIamPolicy, iam.serviceAccounts.getAccessToken",
    "roles/editor, iam.serviceAccounts.actAs, iam.serviceAccounts.setIamPolicy",
    "roles/viewer, iam.serviceAccounts.getIamPolicy, iam.serviceAccounts.actAs",
  })
  void roles_haveThePermissionsThatMatter_andNotTheirNeighbours(
      String name, String has, String lacks) {
    assertThat(role(name).getIncludedPermissionsList()).contains(has).doesNotContain(lacks);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"roles/run.invokr", "projects/kleos-demo/roles/custom", "organizations/1/roles/x"})
  void getRole_unknown_isNotFound(String name) {
    var failure = failure(() -> role(name));

    assertThat(failure.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
    assertThat(failure.getStatus().getDescription())
        .isEqualTo("The role named " + name + " was not found.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "run.invoker", "roles/", "roles/a b", "folders/1/roles/x"})
  void getRole_malformed_isInvalid(String name) {
    assertThat(failure(() -> role(name)).getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void listRoles_leavesPermissionsOut_unlessAskedForAll() {
    var basic = google.iam.listRoles(ListRolesRequest.getDefaultInstance());
    var full =
        google.iam.listRoles(
            ListRolesRequest.newBuilder().setView(RoleView.FULL).setShowDeleted(true).build());

    assertThat(basic.getRolesList())
        .hasSize(23)
        .allSatisfy(role -> assertThat(role.getIncludedPermissionsList()).isEmpty())
        .allSatisfy(role -> assertThat(role.getTitle()).isNotBlank());
    assertThat(full.getRolesList())
        .extracting(Role::getName)
        .isEqualTo(basic.getRolesList().stream().map(Role::getName).toList())
        .isSorted();
    assertThat(full.getRolesList())
        .allSatisfy(role ->
            assertThat(role.getIncludedPermissionsList())
                .isNotEmpty()
                .isSorted()
                .doesNotHaveDuplicates());
  }

  @Test
  void listRoles_inPages_listsEachOnce() {
    var names = new ArrayList<String>();
    var request = ListRolesRequest.newBuilder().setPageSize(7);
    do {
      var page = google.iam.listRoles(request.build());
      page.getRolesList().forEach(role -> names.add(role.getName()));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());

    assertThat(names).hasSize(23).doesNotHaveDuplicates();
  }

  @Test
  void listRoles_ofAParent_areItsCustomRoles_ofWhichThereAreNone() {
    for (var parent : List.of(PROJECT, "projects/123456789012", "organizations/42")) {
      assertThat(list(parent)).isEmpty();
    }
    assertThat(failure(() -> list("projects/nowhere")).getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
    for (var parent : List.of("projects/-", "organizations/-", "folders/1", SERVICE)) {
      assertThat(failure(() -> list(parent)).getStatus().getCode())
          .isEqualTo(Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void queryGrantableRoles_answersExactlyWhatSetIamPolicyTakes() {
    var resources =
        List.of(
            List.of("//iam.googleapis.com/", account("invoker")),
            List.of("//run.googleapis.com/", SERVICE),
            List.of("//cloudresourcemanager.googleapis.com/", PROJECT));
    for (var resource : resources) {
      var name = resource.get(1);
      var grantable = grantable(resource.get(0) + name);
      for (var role : google.iam.listRoles(ListRolesRequest.getDefaultInstance()).getRolesList()) {
        var failure =
            failure(
                () -> google.set(name, policy(binding(role.getName(), "user:alice@example.com"))));
        assertThat(failure == null)
            .as(role.getName() + " on " + name)
            .isEqualTo(grantable.contains(role.getName()));
      }
    }
  }

  @Test
  void queryGrantableRoles_differBetweenKinds_andTakeAProjectsNumber() {
    assertThat(grantable("//iam.googleapis.com/" + account("invoker")))
        .contains("roles/iam.serviceAccountUser")
        .doesNotContain("roles/run.invoker");
    assertThat(grantable("//run.googleapis.com/" + SERVICE))
        .contains("roles/run.invoker")
        .doesNotContain("roles/iam.serviceAccountUser");
    assertThat(grantable("//cloudresourcemanager.googleapis.com/projects/123456789012"))
        .isEqualTo(grantable("//cloudresourcemanager.googleapis.com/projects/kleos-demo"))
        .hasSize(23);
  }

  @Test
  void queryGrantableRoles_inPages_andInFull() {
    var request =
        QueryGrantableRolesRequest.newBuilder()
            .setFullResourceName("//run.googleapis.com/" + SERVICE)
            .setView(RoleView.FULL)
            .setPageSize(2);
    var first = google.iam.queryGrantableRoles(request.build());
    var second =
        google.iam.queryGrantableRoles(request.setPageToken(first.getNextPageToken()).build());

    assertThat(first.getRolesList())
        .extracting(Role::getName)
        .containsExactly("roles/browser", "roles/editor");
    assertThat(second.getRoles(0).getName()).isEqualTo("roles/iam.securityAdmin");
    assertThat(second.getRoles(0).getIncludedPermissionsList()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', INVALID_ARGUMENT",
    "projects/kleos-demo, INVALID_ARGUMENT",
    "//storage.googleapis.com/projects/_/buckets/b, INVALID_ARGUMENT",
    "//iam.googleapis.com/projects/kleos-demo, INVALID_ARGUMENT",
    "//cloudresourcemanager.googleapis.com/projects/a/serviceAccounts/b, INVALID_ARGUMENT",
    "//iam.googleapis.com/projects/kleos-demo/serviceAccounts/missing, NOT_FOUND",
    "//iam.googleapis.com/projects/-/serviceAccounts/missing, PERMISSION_DENIED",
    "//run.googleapis.com/projects/kleos-demo/locations/us-central1/services/missing, NOT_FOUND",
    "//cloudresourcemanager.googleapis.com/projects/missing, PERMISSION_DENIED",
  })
  void queryGrantableRoles_ofNothing_failsAsTheResourceDoes(String name, Code code) {
    assertThat(failure(() -> grantable(name)).getStatus().getCode()).isEqualTo(code);
  }

  @Test
  void calls_areLoggedWithTheRoleOrResource() {
    google.emulator.calls().clear();
    role("roles/browser");
    list(PROJECT);
    grantable("//run.googleapis.com/" + SERVICE);

    assertThat(google.emulator.calls().all())
        .extracting(Call::resource)
        .containsExactly("roles/browser", PROJECT, "//run.googleapis.com/" + SERVICE);
  }

  private Role role(String name) {
    return google.iam.getRole(GetRoleRequest.newBuilder().setName(name).build());
  }

  private List<Role> list(String parent) {
    return google
        .iam
        .listRoles(ListRolesRequest.newBuilder().setParent(parent).build())
        .getRolesList();
  }

  private List<String> grantable(String name) {
    var request = QueryGrantableRolesRequest.newBuilder().setFullResourceName(name).build();
    return google.iam.queryGrantableRoles(request).getRolesList().stream()
        .map(Role::getName)
        .toList();
  }
}
