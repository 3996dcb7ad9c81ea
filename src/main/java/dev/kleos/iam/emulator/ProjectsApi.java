package dev.kleos.iam.emulator;

import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.cloud.resourcemanager.v3.ProjectsGrpc;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import io.grpc.stub.StreamObserver;

/// `google.cloud.resourcemanager.v3.Projects`: projects, by id or number, and their policies.
final class ProjectsApi extends ProjectsGrpc.ProjectsImplBase {
  private final World world;
  private final Permitted permitted;
  private final PolicyCalls policies;

  ProjectsApi(World world, Permitted permitted) {
    this.world = world;
    this.permitted = permitted;
    this.policies = new PolicyCalls(world, ResourceKind.PROJECT);
  }

  @Override
  public void getProject(
      GetProjectRequest request,
      StreamObserver<com.google.cloud.resourcemanager.v3.Project> caller) {
    Answer.to(
        caller,
        () ->
            world.read(
                () -> view(permitted.project(request.getName(), "resourcemanager.projects.get"))));
  }

  @Override
  public void getIamPolicy(GetIamPolicyRequest request, StreamObserver<Policy> caller) {
    policies.get(
        request,
        caller,
        name -> permitted.project(name, "resourcemanager.projects.getIamPolicy").key());
  }

  @Override
  public void setIamPolicy(SetIamPolicyRequest request, StreamObserver<Policy> caller) {
    policies.set(
        request,
        caller,
        name -> permitted.project(name, "resourcemanager.projects.setIamPolicy").key());
  }

  @Override
  public void testIamPermissions(
      TestIamPermissionsRequest request, StreamObserver<TestIamPermissionsResponse> caller) {
    Answer.to(caller, () -> permitted.test(request, ResourceName.OfProject.class));
  }

  /// **Documented**: the name holds the number, whichever was asked for.
  private static com.google.cloud.resourcemanager.v3.Project view(Project project) {
    return com.google.cloud.resourcemanager.v3.Project.newBuilder()
        .setName("projects/" + project.number())
        .setProjectId(project.id())
        .setDisplayName(project.id())
        .setState(com.google.cloud.resourcemanager.v3.Project.State.ACTIVE)
        .build();
  }
}
