package dev.kleos.iam.emulator.server;

import com.google.api.HttpRule;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// One way to make a call over HTTP.
///
/// @param verb in upper case
/// @param body the field that the body is, `*` for the whole request, empty where there is none
record Route(String verb, PathTemplate path, String body, MethodDescriptor<Message, Message> call) {

  /// The routes of a rule and of its additional bindings.
  static List<Route> of(HttpRule rule, MethodDescriptor<Message, Message> call) {
    var routes = new ArrayList<Route>();
    routes.add(one(rule, call));
    rule.getAdditionalBindingsList().forEach(more -> routes.add(one(more, call)));
    return routes;
  }

  /// The empty request of the call.
  Message request() {
    return prototype(call.getRequestMarshaller());
  }

  private static Message prototype(MethodDescriptor.Marshaller<Message> marshaller) {
    var known = (MethodDescriptor.PrototypeMarshaller<Message>) marshaller; // as protobuf's all are
    return Objects.requireNonNull(known.getMessagePrototype());
  }

  private static Route one(HttpRule rule, MethodDescriptor<Message, Message> call) {
    var verb = rule.getPatternCase();
    return switch (verb) {
      case GET -> new Route(verb.name(), PathTemplate.parse(rule.getGet()), rule.getBody(), call);
      case PUT -> new Route(verb.name(), PathTemplate.parse(rule.getPut()), rule.getBody(), call);
      case POST -> new Route(verb.name(), PathTemplate.parse(rule.getPost()), rule.getBody(), call);
      case DELETE ->
          new Route(verb.name(), PathTemplate.parse(rule.getDelete()), rule.getBody(), call);
      case PATCH ->
          new Route(verb.name(), PathTemplate.parse(rule.getPatch()), rule.getBody(), call);
      case CUSTOM ->
          new Route(
              rule.getCustom().getKind(),
              PathTemplate.parse(rule.getCustom().getPath()),
              rule.getBody(),
              call);
      case PATTERN_NOT_SET -> throw new IllegalArgumentException("a rule without a path");
    };
  }
}
