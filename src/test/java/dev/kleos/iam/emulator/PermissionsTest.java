package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.email;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.api.serviceusage.v1.BatchEnableServicesRequest;
import com.google.api.serviceusage.v1.DisableServiceRequest;
import com.google.api.serviceusage.v1.EnableServiceRequest;
import com.google.api.serviceusage.v1.ServiceUsageGrpc;
import com.google.cloud.iam.credentials.v1.GenerateAccessTokenRequest;
import com.google.cloud.iam.credentials.v1.GenerateIdTokenRequest;
import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.iam.admin.v1.CreateRoleRequest;
import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.DeleteServiceAccountRequest;
import com.google.iam.admin.v1.DisableServiceAccountRequest;
import com.google.iam.admin.v1.EnableServiceAccountRequest;
import com.google.iam.admin.v1.GetRoleRequest;
import com.google.iam.admin.v1.GetServiceAccountRequest;
import com.google.iam.admin.v1.ListRolesRequest;
import com.google.iam.admin.v1.ListServiceAccountsRequest;
import com.google.iam.admin.v1.PatchServiceAccountRequest;
import com.google.iam.admin.v1.QueryGrantableRolesRequest;
import com.google.iam.admin.v1.QueryTestablePermissionsRequest;
import com.google.iam.admin.v1.Role;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.iam.admin.v1.UndeleteServiceAccountRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every method of every API, called by somebody who has exactly the permission for it on the
/// project, and by somebody who has every other one.
class PermissionsTest {
  private static final String API = PROJECT + "/services/run.googleapis.com";
  private static final String ROLE = PROJECT + "/roles/planReader";

  /// What anybody may do who is somebody.
  private static final Set<String> FREE =
      Set.of(
          "google.iam.admin.v1.IAM/TestIamPermissions",
          "google.cloud.run.v2.Services/TestIamPermissions",
          "google.cloud.resourcemanager.v3.Projects/TestIamPermissions");

  private final Google google = Google.demo();
  private final Google alice = google.as("alice@example.com");

  record Needs(String method, String permission, Function<Google, Object> call) {
    @Override
    public String toString() {
      return method + " needs " + permission;
    }
  }

  static List<Needs> table() {
    var iam = "google.iam.admin.v1.IAM/";
    var run = "google.cloud.run.v2.Services/";
    var projects = "google.cloud.resourcemanager.v3.Projects/";
    var credentials = "google.iam.credentials.v1.IAMCredentials/";
    var usage = "google.api.serviceusage.v1.ServiceUsage/";
    var invoker = account("invoker");
    var token = "projects/-/serviceAccounts/" + email("invoker");
    return List.of(
        new Needs(
            iam + "CreateServiceAccount",
            "iam.serviceAccounts.create",
            google ->
                google.iam.createServiceAccount(
                    CreateServiceAccountRequest.newBuilder()
                        .setName(PROJECT)
                        .setAccountId("another")
                        .build())),
        new Needs(
            iam + "GetServiceAccount",
            "iam.serviceAccounts.get",
            google ->
                google.iam.getServiceAccount(
                    GetServiceAccountRequest.newBuilder().setName(invoker).build())),
        new Needs(
            iam + "ListServiceAccounts",
            "iam.serviceAccounts.list",
            google ->
                google.iam.listServiceAccounts(
                    ListServiceAccountsRequest.newBuilder().setName(PROJECT).build())),
        new Needs(
            iam + "PatchServiceAccount",
            "iam.serviceAccounts.update",
            google ->
                google.iam.patchServiceAccount(
                    PatchServiceAccountRequest.newBuilder()
                        .setServiceAccount(
                            ServiceAccount.newBuilder().setName(invoker).setDisplayName("new"))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("display_name"))
                        .build())),
        new Needs(
            iam + "EnableServiceAccount",
            "iam.serviceAccounts.enable",
            google ->
                google.iam.enableServiceAccount(
                    EnableServiceAccountRequest.newBuilder().setName(invoker).build())),
        new Needs(
            iam + "DisableServiceAccount",
            "iam.serviceAccounts.disable",
            google ->
                google.iam.disableServiceAccount(
                    DisableServiceAccountRequest.newBuilder().setName(invoker).build())),
        new Needs(
            iam + "DeleteServiceAccount",
            "iam.serviceAccounts.delete",
            google ->
                google.iam.deleteServiceAccount(
                    DeleteServiceAccountRequest.newBuilder().setName(invoker).build())),
        new Needs(
            iam + "UndeleteServiceAccount",
            "iam.serviceAccounts.undelete",
            google ->
                google.iam.undeleteServiceAccount(
                    UndeleteServiceAccountRequest.newBuilder()
                        .setName(PROJECT + "/serviceAccounts/" + deletedOf(google))
                        .build())),
        new Needs(
            iam + "GetIamPolicy",
            "iam.serviceAccounts.getIamPolicy",
            google -> google.get(invoker)),
        new Needs(
            iam + "SetIamPolicy",
            "iam.serviceAccounts.setIamPolicy",
            google -> google.set(invoker, policy(binding("roles/viewer", "user:bob@example.com")))),
        new Needs(
            iam + "GetRole",
            "iam.roles.get",
            google -> google.iam.getRole(GetRoleRequest.newBuilder().setName(ROLE).build())),
        new Needs(
            iam + "ListRoles",
            "iam.roles.list",
            google ->
                google.iam.listRoles(ListRolesRequest.newBuilder().setParent(PROJECT).build())),
        new Needs(
            iam + "CreateRole",
            "iam.roles.create",
            google ->
                google.iam.createRole(
                    CreateRoleRequest.newBuilder()
                        .setParent(PROJECT)
                        .setRoleId("another")
                        .build())),
        new Needs(
            iam + "QueryTestablePermissions",
            "resourcemanager.projects.get",
            google ->
                google.iam.queryTestablePermissions(
                    QueryTestablePermissionsRequest.newBuilder()
                        .setFullResourceName("//cloudresourcemanager.googleapis.com/" + PROJECT)
                        .build())),
        new Needs(
            iam + "QueryGrantableRoles",
            "run.services.get",
            google ->
                google.iam.queryGrantableRoles(
                    QueryGrantableRolesRequest.newBuilder()
                        .setFullResourceName("//run.googleapis.com/" + SERVICE)
                        .build())),
        new Needs(
            run + "GetService",
            "run.services.get",
            google ->
                google.run.getService(GetServiceRequest.newBuilder().setName(SERVICE).build())),
        new Needs(
            run + "ListServices",
            "run.services.list",
            google ->
                google.run.listServices(
                    ListServicesRequest.newBuilder()
                        .setParent(PROJECT + "/locations/us-central1")
                        .build())),
        new Needs(run + "GetIamPolicy", "run.services.getIamPolicy", google -> google.get(SERVICE)),
        new Needs(
            run + "SetIamPolicy",
            "run.services.setIamPolicy",
            google -> google.set(SERVICE, policy(binding("roles/viewer", "user:bob@example.com")))),
        new Needs(
            projects + "GetProject",
            "resourcemanager.projects.get",
            google ->
                google.projects.getProject(
                    GetProjectRequest.newBuilder().setName(PROJECT).build())),
        new Needs(
            projects + "GetIamPolicy",
            "resourcemanager.projects.getIamPolicy",
            google -> google.get(PROJECT)),
        new Needs(
            projects + "SetIamPolicy",
            "resourcemanager.projects.setIamPolicy",
            google -> google.set(PROJECT, policy(binding("roles/viewer", "user:bob@example.com")))),
        new Needs(
            credentials + "GenerateAccessToken",
            "iam.serviceAccounts.getAccessToken",
            google ->
                google.credentials.generateAccessToken(
                    GenerateAccessTokenRequest.newBuilder().setName(token).addScope("s").build())),
        new Needs(
            credentials + "GenerateIdToken",
            "iam.serviceAccounts.getOpenIdToken",
            google ->
                google.credentials.generateIdToken(
                    GenerateIdTokenRequest.newBuilder().setName(token).setAudience("a").build())),
        new Needs(
            usage + "GetService",
            "serviceusage.services.get",
            google ->
                usage(google)
                    .getService(
                        com.google.api.serviceusage.v1.GetServiceRequest.newBuilder()
                            .setName(API)
                            .build())),
        new Needs(
            usage + "ListServices",
            "serviceusage.services.list",
            google ->
                usage(google)
                    .listServices(
                        com.google.api.serviceusage.v1.ListServicesRequest.newBuilder()
                            .setParent(PROJECT)
                            .build())),
        new Needs(
            usage + "EnableService",
            "serviceusage.services.enable",
            google ->
                usage(google)
                    .enableService(EnableServiceRequest.newBuilder().setName(API).build())),
        new Needs(
            usage + "BatchEnableServices",
            "serviceusage.services.enable",
            google ->
                usage(google)
                    .batchEnableServices(
                        BatchEnableServicesRequest.newBuilder()
                            .setParent(PROJECT)
                            .addServiceIds("run.googleapis.com")
                            .build())),
        new Needs(
            usage + "DisableService",
            "serviceusage.services.disable",
            google ->
                usage(google)
                    .disableService(DisableServiceRequest.newBuilder().setName(API).build())));
  }

  @BeforeEach
  void furnish() {
    google.create("invoker");
    google.create("deleted");
    google.delete("deleted");
  }

  @AfterEach
  void close() {
    google.close();
  }

  @ParameterizedTest
  @MethodSource("table")
  void whoeverHasThePermission_mayCall(Needs needs) {
    grant(List.of(needs.permission));

    assertThat(needs.call.apply(alice)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("table")
  void whoeverHasEveryOtherPermission_isDenied_andToldWhichIsMissing(Needs needs) {
    grant(others(needs.permission));

    var failure = failure(() -> needs.call.apply(alice));

    assertThat(failure.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
    assertThat(info(failure).getReason())
        .isEqualTo(
            needs.permission.startsWith("serviceusage.")
                ? "AUTH_PERMISSION_DENIED"
                : "IAM_PERMISSION_DENIED");
    assertThat(info(failure).getMetadataMap())
        .containsEntry("permission", needs.permission)
        .containsKey("resource");
  }

  @ParameterizedTest
  @MethodSource("table")
  void theOperator_mayCall_whateverPoliciesSay(Needs needs) {
    grant(List.of());

    assertThat(needs.call.apply(google)).isNotNull();
  }

  @Test
  void everyMethod_isInTheTable_orFree_orNotEmulated() {
    var known = table().stream().map(Needs::method).collect(toCollection(TreeSet::new));
    known.addAll(FREE);

    google
        .emulator
        .services()
        .forEach(service ->
            service
                .getMethods()
                .forEach(method -> {
                  var descriptor = method.getMethodDescriptor();
                  if (!known.remove(descriptor.getFullMethodName())) {
                    assertThat(failure(() -> callEmpty(descriptor)).getStatus().getCode())
                        .as(descriptor.getFullMethodName())
                        .isEqualTo(Code.UNIMPLEMENTED);
                  }
                }));

    assertThat(known).isEmpty();
  }

  @Test
  void eachApi_refusesInItsOwnWords() {
    assertThat(text(() -> alice.get(account("invoker"))))
        .isEqualTo(
            "Permission 'iam.serviceAccounts.getIamPolicy' denied on resource (or it may not exist).");
    assertThat(text(() -> alice.get(SERVICE)))
        .isEqualTo(
            "Permission 'run.services.getIamPolicy' denied on resource"
                + " 'projects/kleos-demo/locations/us-central1/services/kleos-service' (or resource"
                + " may not exist).");
    assertThat(text(() -> alice.get(PROJECT))).isEqualTo("The caller does not have permission");
    assertThat(text(() -> role(alice)))
        .isEqualTo("You don't have permission to get the role at " + ROLE + ".");
    assertThat(
            text(() ->
                alice.iam.listRoles(ListRolesRequest.newBuilder().setParent(PROJECT).build())))
        .isEqualTo("You don't have permission to list roles in projects/kleos-demo.");
    assertThat(
            text(() ->
                alice.iam.createRole(
                    CreateRoleRequest.newBuilder().setParent(PROJECT).setRoleId("own").build())))
        .isEqualTo("You don't have permission to create a role in projects/kleos-demo.");
  }

  @Test
  void whatIsMissing_isNotFound_forWhomMayKnow_andDeniedForAllOthers() {
    for (var missing : List.of(account("nobody"), SERVICE + "-not")) {
      assertThat(failure(() -> alice.get(missing)).getStatus().getCode())
          .isEqualTo(Code.PERMISSION_DENIED);
    }
    grant(List.of("iam.serviceAccounts.getIamPolicy", "run.services.getIamPolicy"));
    for (var missing : List.of(account("nobody"), SERVICE + "-not")) {
      assertThat(failure(() -> alice.get(missing)).getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
    }
    assertThat(failure(() -> alice.get("projects/-/serviceAccounts/" + email("nobody"))))
        .extracting(failure -> failure.getStatus().getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void denial_comesBeforeAnythingOfTheContent() {
    assertThat(
            failure(() -> alice.set(account("invoker"), policy(binding("roles/x", "nonsense"))))
                .getStatus()
                .getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
    assertThat(
            failure(() ->
                    alice.credentials.generateAccessToken(
                        GenerateAccessTokenRequest.newBuilder()
                            .setName("projects/-/serviceAccounts/" + email("invoker"))
                            .build()))
                .getStatus()
                .getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  @Test
  void testIamPermissions_answersWithWhatTheCallerHas_alsoInherited() {
    google.set(SERVICE, policy(binding("roles/run.invoker", "user:alice@example.com")));
    grant(List.of("run.services.get", "iam.serviceAccounts.actAs"));

    var asked = List.of("run.services.setIamPolicy", "run.routes.invoke", "run.services.get");
    assertThat(alice.run.testIamPermissions(test(SERVICE, asked)).getPermissionsList())
        .containsExactly("run.routes.invoke", "run.services.get");
    assertThat(alice.projects.testIamPermissions(test(PROJECT, asked)).getPermissionsList())
        .containsExactly("run.services.get");
    assertThat(
            alice
                .iam
                .testIamPermissions(
                    test(account("invoker"), List.of("iam.serviceAccounts.actAs", "x.y.z")))
                .getPermissionsList())
        .containsExactly("iam.serviceAccounts.actAs");
    assertThat(google.run.testIamPermissions(test(SERVICE, asked)).getPermissionsList())
        .isEqualTo(asked);
  }

  @Test
  void testIamPermissions_ofWhatIsMissing_isNone_andWhatIsNoPermissionIsInvalid() {
    var get = List.of("iam.serviceAccounts.get");
    assertThat(google.iam.testIamPermissions(test(account("nobody"), get)).getPermissionsList())
        .isEmpty();
    for (var wrong : List.of("*", "iam.*", "iam.serviceAccounts.*", "", "foo bar", "run")) {
      var failure =
          failure(() -> google.iam.testIamPermissions(test(account("invoker"), List.of(wrong))));
      assertThat(failure.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(failure.getStatus().getDescription())
          .isEqualTo("Permission " + wrong + " is not valid for this resource.");
    }
    assertThat(
            failure(() -> google.iam.testIamPermissions(test(SERVICE, get))).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void aCustomRole_isShownAndListed_andOnlyWhereItIs() {
    grant(List.of("iam.roles.get", "iam.roles.list", "run.services.get"));

    assertThat(role(google).getIncludedPermissionsList())
        .isEqualTo(List.of("iam.roles.get", "iam.roles.list", "run.services.get"));
    assertThat(
            google
                .iam
                .listRoles(ListRolesRequest.newBuilder().setParent("projects/123456789012").build())
                .getRolesList())
        .extracting(Role::getName, Role::getIncludedPermissionsCount)
        .containsExactly(tuple(ROLE, 0));
    assertThat(
            failure(() ->
                    alice.iam.getRole(
                        GetRoleRequest.newBuilder().setName(PROJECT + "/roles/other").build()))
                .getStatus()
                .getDescription())
        .isEqualTo("The role named projects/kleos-demo/roles/other was not found.");
  }

  /// Whoever calls has a role of their own on the project, of these permissions.
  private void grant(List<String> permissions) {
    var world = google.emulator.world();
    world.write(() -> {
      world.roles.put(
          ROLE, Role.newBuilder().setName(ROLE).addAllIncludedPermissions(permissions).build());
      return ROLE;
    });
    world.putPolicy(PROJECT, policy(binding(ROLE, "user:alice@example.com")));
  }

  private static List<String> others(String permission) {
    return Stream.concat(
            table().stream().map(Needs::permission),
            Stream.of("iam.serviceAccounts.implicitDelegation", "iam.serviceAccounts.actAs"))
        .distinct()
        .filter(other -> !other.equals(permission))
        .toList();
  }

  private static ServiceUsageGrpc.ServiceUsageBlockingStub usage(Google google) {
    return ServiceUsageGrpc.newBlockingStub(google.iam.getChannel());
  }

  private static Role role(Google google) {
    return google.iam.getRole(GetRoleRequest.newBuilder().setName(ROLE).build());
  }

  private static String deletedOf(Google google) {
    return google.emulator.world().accounts.all().values().stream()
        .filter(account -> account.deleted().isPresent())
        .map(Account::uniqueId)
        .findFirst()
        .orElseThrow();
  }

  private static TestIamPermissionsRequest test(String resource, List<String> permissions) {
    return TestIamPermissionsRequest.newBuilder()
        .setResource(resource)
        .addAllPermissions(permissions)
        .build();
  }

  private static String text(ThrowingCallable call) {
    return Objects.requireNonNull(failure(call).getStatus().getDescription());
  }

  private static ErrorInfo info(StatusRuntimeException failure) {
    try {
      var status = Objects.requireNonNull(StatusProto.fromThrowable(failure));
      return status.getDetails(0).unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private <Q, A> A callEmpty(MethodDescriptor<Q, A> method) {
    var marshaller = (MethodDescriptor.PrototypeMarshaller<Q>) method.getRequestMarshaller();
    var request = Objects.requireNonNull(marshaller.getMessagePrototype());
    return ClientCalls.blockingUnaryCall(
        google.iam.getChannel(), method, CallOptions.DEFAULT, request);
  }
}
