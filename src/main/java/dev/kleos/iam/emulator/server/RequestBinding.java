package dev.kleos.iam.emulator.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Makes a request message of what came over HTTP: the body, the path and the query, in the order
/// in which the later wins.
///
/// All three become one JSON object first, so that protobuf's own JSON reader decides what a value
/// means. Unknown fields are tolerated, in the body and in the query (Google refuses the former,
/// which helps no client that is newer than we are).
final class RequestBinding {
  private final Route route;
  private final JsonObject json;

  private RequestBinding(Route route, JsonObject json) {
    this.route = route;
    this.json = json;
  }

  /// @throws io.grpc.StatusRuntimeException for a body or a parameter that does not fit
  static Message bind(Routes.Match match, RestRequest request) {
    var route = match.route();
    var binding = new RequestBinding(route, bodyOf(route, request));
    request.query().forEach(binding::put);
    match.variables().forEach((field, value) -> binding.put(field, List.of(value)));
    return Json.read(binding.json, route.request());
  }

  private static JsonObject bodyOf(Route route, RestRequest request) {
    var json = new JsonObject();
    if (route.body().isEmpty()) {
      return json; // whatever was sent: clients send `{}` or nothing
    }
    var body = Json.parse(request.body());
    if (!route.body().equals("*")) {
      json.add(route.body(), body);
      return json;
    }
    if (!(body instanceof JsonObject whole)) {
      throw Json.invalid("Root element must be a message.");
    }
    return whole;
  }

  /// Puts a value at a field path such as `options.requestedPolicyVersion`, each step in either
  /// spelling. A path that leads nowhere is some parameter of no concern here.
  private void put(String path, List<String> values) {
    var type = route.request().getDescriptorForType();
    var target = json;
    var steps = path.split("\\.", -1);
    for (var i = 0; i < steps.length - 1; i++) {
      var field = find(type, steps[i]);
      if (field == null || field.getJavaType() != JavaType.MESSAGE || field.isRepeated()) {
        return;
      }
      target = child(target, field);
      type = field.getMessageType();
    }
    var field = find(type, steps[steps.length - 1]);
    if (field != null) {
      remove(target, field);
      target.add(field.getJsonName(), value(field, values));
    }
  }

  private static @Nullable FieldDescriptor find(Descriptor type, String name) {
    for (var field : type.getFields()) {
      if (field.getJsonName().equals(name) || field.getName().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private static JsonObject child(JsonObject parent, FieldDescriptor field) {
    var there = remove(parent, field);
    var child = there instanceof JsonObject object ? object : new JsonObject();
    parent.add(field.getJsonName(), child);
    return child;
  }

  /// Takes a field out under both of its spellings, since JSON must not say it twice.
  private static @Nullable JsonElement remove(JsonObject parent, FieldDescriptor field) {
    var byName = parent.remove(field.getName());
    var byJsonName = parent.remove(field.getJsonName());
    return byJsonName == null ? byName : byJsonName;
  }

  private static JsonElement value(FieldDescriptor field, List<String> values) {
    if (!field.isRepeated()) {
      return value(field, values.getLast());
    }
    var all = new JsonArray();
    values.forEach(value -> all.add(value(field, value)));
    return all;
  }

  /// A text will do for every type, but for `False`, which gcloud writes (**recorded**).
  private static JsonElement value(FieldDescriptor field, String value) {
    return new JsonPrimitive(
        field.getJavaType() == JavaType.BOOLEAN ? value.toLowerCase(Locale.ROOT) : value);
  }
}
