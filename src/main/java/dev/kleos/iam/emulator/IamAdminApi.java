package dev.kleos.iam.emulator;

import com.google.iam.admin.v1.CreateRoleRequest;
import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.DeleteServiceAccountRequest;
import com.google.iam.admin.v1.DisableServiceAccountRequest;
import com.google.iam.admin.v1.EnableServiceAccountRequest;
import com.google.iam.admin.v1.GetRoleRequest;
import com.google.iam.admin.v1.GetServiceAccountRequest;
import com.google.iam.admin.v1.IAMGrpc;
import com.google.iam.admin.v1.ListRolesRequest;
import com.google.iam.admin.v1.ListRolesResponse;
import com.google.iam.admin.v1.ListServiceAccountsRequest;
import com.google.iam.admin.v1.ListServiceAccountsResponse;
import com.google.iam.admin.v1.PatchServiceAccountRequest;
import com.google.iam.admin.v1.QueryGrantableRolesRequest;
import com.google.iam.admin.v1.QueryGrantableRolesResponse;
import com.google.iam.admin.v1.QueryTestablePermissionsRequest;
import com.google.iam.admin.v1.QueryTestablePermissionsResponse;
import com.google.iam.admin.v1.Role;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.iam.admin.v1.UndeleteServiceAccountRequest;
import com.google.iam.admin.v1.UndeleteServiceAccountResponse;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import com.google.protobuf.Empty;
import io.grpc.stub.StreamObserver;
import java.time.Clock;

/// `google.iam.admin.v1.IAM`: service accounts and their policies, and roles. The other methods
/// answer UNIMPLEMENTED, the deprecated UpdateServiceAccount among them.
final class IamAdminApi extends IAMGrpc.IAMImplBase {
  private static final int PAGE = 20;
  private static final int MAX_PAGE = 100;

  private final World world;
  private final Permitted permitted;
  private final AccountCalls accounts;
  private final PolicyCalls policies;
  private final RoleCalls roles;

  IamAdminApi(World world, Clock clock, Permitted permitted) {
    this.world = world;
    this.permitted = permitted;
    this.accounts = new AccountCalls(world, clock, permitted);
    this.policies = new PolicyCalls(world, ResourceKind.SERVICE_ACCOUNT);
    this.roles = new RoleCalls(world, permitted);
  }

  @Override
  public void createServiceAccount(
      CreateServiceAccountRequest request, StreamObserver<ServiceAccount> caller) {
    Answer.to(caller, () -> world.write(() -> view(accounts.create(request))));
  }

  @Override
  public void getServiceAccount(
      GetServiceAccountRequest request, StreamObserver<ServiceAccount> caller) {
    Answer.to(
        caller,
        () ->
            world.read(
                () -> view(permitted.account(request.getName(), "iam.serviceAccounts.get"))));
  }

  @Override
  public void listServiceAccounts(
      ListServiceAccountsRequest request, StreamObserver<ListServiceAccountsResponse> caller) {
    Answer.to(caller, () -> world.read(() -> list(request)));
  }

  @Override
  public void patchServiceAccount(
      PatchServiceAccountRequest request, StreamObserver<ServiceAccount> caller) {
    Answer.to(caller, () -> world.write(() -> accounts.patch(request)));
  }

  @Override
  public void enableServiceAccount(
      EnableServiceAccountRequest request, StreamObserver<Empty> caller) {
    Answer.to(caller, () -> done(() -> accounts.setDisabled(request.getName(), false)));
  }

  @Override
  public void disableServiceAccount(
      DisableServiceAccountRequest request, StreamObserver<Empty> caller) {
    Answer.to(caller, () -> done(() -> accounts.setDisabled(request.getName(), true)));
  }

  @Override
  public void deleteServiceAccount(
      DeleteServiceAccountRequest request, StreamObserver<Empty> caller) {
    Answer.to(caller, () -> done(() -> accounts.delete(request.getName())));
  }

  @Override
  public void undeleteServiceAccount(
      UndeleteServiceAccountRequest request,
      StreamObserver<UndeleteServiceAccountResponse> caller) {
    Answer.to(
        caller,
        () ->
            UndeleteServiceAccountResponse.newBuilder()
                .setRestoredAccount(view(world.write(() -> accounts.undelete(request.getName()))))
                .build());
  }

  @Override
  public void getIamPolicy(GetIamPolicyRequest request, StreamObserver<Policy> caller) {
    policies.get(
        request, caller, name -> permitted.account(name, "iam.serviceAccounts.getIamPolicy").key());
  }

  @Override
  public void setIamPolicy(SetIamPolicyRequest request, StreamObserver<Policy> caller) {
    policies.set(
        request, caller, name -> permitted.account(name, "iam.serviceAccounts.setIamPolicy").key());
  }

  @Override
  public void testIamPermissions(
      TestIamPermissionsRequest request, StreamObserver<TestIamPermissionsResponse> caller) {
    Answer.to(caller, () -> permitted.test(request, ResourceName.OfAccount.class));
  }

  @Override
  public void createRole(CreateRoleRequest request, StreamObserver<Role> caller) {
    Answer.to(caller, () -> world.write(() -> roles.create(request)));
  }

  @Override
  public void getRole(GetRoleRequest request, StreamObserver<Role> caller) {
    Answer.to(caller, () -> world.read(() -> roles.get(request)));
  }

  @Override
  public void listRoles(ListRolesRequest request, StreamObserver<ListRolesResponse> caller) {
    Answer.to(caller, () -> world.read(() -> roles.list(request)));
  }

  @Override
  public void queryTestablePermissions(
      QueryTestablePermissionsRequest request,
      StreamObserver<QueryTestablePermissionsResponse> caller) {
    Answer.to(caller, () -> world.read(() -> roles.testable(request)));
  }

  @Override
  public void queryGrantableRoles(
      QueryGrantableRolesRequest request, StreamObserver<QueryGrantableRolesResponse> caller) {
    Answer.to(caller, () -> world.read(() -> roles.grantable(request)));
  }

  private Empty done(Runnable change) {
    return world.write(() -> {
      change.run();
      return Empty.getDefaultInstance();
    });
  }

  /// **Documented**: pages of 20, of 100 at most; that deleted accounts are not listed is
  /// **documented**, the order **assumed**.
  private ListServiceAccountsResponse list(ListServiceAccountsRequest request) {
    var project = permitted.parent(request.getName(), "iam.serviceAccounts.list");
    var size = PageTokens.size(request.getPageSize(), PAGE, MAX_PAGE);
    var after = PageTokens.parse(request.getPageToken());
    var rows = world.accounts.page(project.id(), after, size + 1);
    var page = PageTokens.page(rows, size, after, account -> Emails.key(account.email()));
    return ListServiceAccountsResponse.newBuilder()
        .addAllAccounts(page.rows().stream().map(IamAdminApi::view).toList())
        .setNextPageToken(page.next())
        .build();
  }

  /// **Recorded**: a disabled account shows `disabled: true`. That the OAuth client id is the
  /// unique id is **assumed**.
  private static ServiceAccount view(Account account) {
    return ServiceAccount.newBuilder()
        .setName(account.name())
        .setProjectId(account.project())
        .setUniqueId(account.uniqueId())
        .setEmail(account.email())
        .setDisplayName(account.displayName())
        .setDescription(account.description())
        .setOauth2ClientId(account.uniqueId())
        .setDisabled(account.disabled())
        .build();
  }
}
