package dev.kleos.iam.emulator.server;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Every way to make a call over HTTP: the rules in the protos of the services, and a few more for
/// versions that have no protos but the same messages. Without deprecated methods: two of IAM have
/// the paths of their successors in IAM Credentials.
final class Routes {

  /// Older versions of the policy methods, by the method that they are now. **Recorded**: gcloud
  /// reads and writes policies by these; **documented**: TestIamPermissions.
  private static final Map<String, List<HttpRule>> OLDER =
      Map.of(
          "google.cloud.run.v2.Services/GetIamPolicy",
          List.of(get("/v1/{resource=projects/*/locations/*/services/*}:getIamPolicy")),
          "google.cloud.run.v2.Services/SetIamPolicy",
          List.of(post("/v1/{resource=projects/*/locations/*/services/*}:setIamPolicy")),
          "google.cloud.run.v2.Services/TestIamPermissions",
          List.of(post("/v1/{resource=projects/*/locations/*/services/*}:testIamPermissions")),
          "google.cloud.resourcemanager.v3.Projects/GetIamPolicy",
          List.of(post("/v1/{resource=projects/*}:getIamPolicy")),
          "google.cloud.resourcemanager.v3.Projects/SetIamPolicy",
          List.of(post("/v1/{resource=projects/*}:setIamPolicy")),
          "google.cloud.resourcemanager.v3.Projects/TestIamPermissions",
          List.of(post("/v1/{resource=projects/*}:testIamPermissions")));

  /// A request's route, and what its path says.
  record Match(Route route, Map<String, String> variables) {}

  private final List<Route> routes = new ArrayList<>();
  private final Set<String> verbs = new HashSet<>();

  Routes(Collection<ServerServiceDefinition> services) {
    services.forEach(service -> service.getMethods().forEach(this::add));
    routes.forEach(route -> verbs.add(route.path().verb()));
  }

  /// Finds the route of a request; empty where none has its path. A path whose last segment ends in
  /// a verb that some method has is never taken for the plain path: `P/S:enable` is no service of
  /// that name.
  ///
  /// @throws RefusedException where the path is for other verbs
  Optional<Match> match(RestRequest request) {
    var last = request.path().getLast();
    var colon = last.lastIndexOf(':');
    var verb = colon >= 0 && verbs.contains(last.substring(colon + 1)) ? last.substring(colon) : "";
    var path = new ArrayList<>(request.path());
    path.set(path.size() - 1, last.substring(0, last.length() - verb.length()));
    var others = new TreeSet<String>();
    for (var route : routes) {
      if (!verb.equals(route.path().verb().isEmpty() ? "" : ":" + route.path().verb())) {
        continue;
      }
      var variables = route.path().match(path);
      if (variables.isPresent() && route.verb().equals(request.verb())) {
        return Optional.of(new Match(route, variables.get()));
      }
      variables.ifPresent(_ -> others.add(route.verb()));
    }
    if (!others.isEmpty()) {
      throw RefusedException.wrongVerb(others);
    }
    return Optional.empty();
  }

  private void add(ServerMethodDefinition<?, ?> method) {
    var call = messages(method.getMethodDescriptor());
    if (call.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier proto) {
      var options = proto.getMethodDescriptor().getOptions();
      if (options.hasExtension(AnnotationsProto.http) && !options.getDeprecated()) {
        routes.addAll(Route.of(options.getExtension(AnnotationsProto.http), call));
      }
    }
    OLDER
        .getOrDefault(call.getFullMethodName(), List.of())
        .forEach(rule -> routes.addAll(Route.of(rule, call)));
  }

  /// Every request and answer of Google's services is a protobuf message.
  @SuppressWarnings("unchecked")
  private static MethodDescriptor<Message, Message> messages(MethodDescriptor<?, ?> call) {
    return (MethodDescriptor<Message, Message>) call;
  }

  private static HttpRule get(String path) {
    return HttpRule.newBuilder().setGet(path).build();
  }

  private static HttpRule post(String path) {
    return HttpRule.newBuilder().setPost(path).setBody("*").build();
  }
}
