package dev.kleos.iam.emulator.server;

import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.cloud.resourcemanager.v3.Project;
import com.google.cloud.resourcemanager.v3.ProjectsGrpc;
import com.google.gson.JsonObject;
import java.util.Optional;

/// Resource Manager v1's `projects.get`, the only one of its methods whose answer differs from that
/// of v3. **Recorded**: gcloud uses it.
record ProjectsV1(Upstream upstream) implements RestHandler {

  @Override
  public Optional<RestAnswer> answer(RestRequest request) {
    var path = request.path();
    if (!request.verb().equals("GET")
        || path.size() != 3
        || !path.get(0).equals("v1")
        || !path.get(1).equals("projects")) {
      return Optional.empty();
    }
    var name = GetProjectRequest.newBuilder().setName("projects/" + path.get(2)).build();
    var project = upstream.call(ProjectsGrpc.getGetProjectMethod(), name, request);
    return Optional.of(RestAnswer.ok(view(project)));
  }

  /// **Documented**: the fields.
  private static JsonObject view(Project project) {
    var json = new JsonObject();
    json.addProperty("projectNumber", project.getName().replaceFirst("^projects/", ""));
    json.addProperty("projectId", project.getProjectId());
    json.addProperty("lifecycleState", project.getState().name());
    json.addProperty("name", project.getDisplayName());
    return json;
  }
}
