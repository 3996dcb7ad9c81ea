package dev.kleos.iam.emulator.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.regex.Pattern;

/// Refuses names that an enum does not have. Protobuf's reader, once told to tolerate unknown
/// fields, drops such a value as well: a misspelt log type would be stored as none.
final class EnumNames {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+");

  private EnumNames() {}

  /// **Recorded**: the text, but for its beginning.
  ///
  /// @throws io.grpc.StatusRuntimeException for a value that is neither a name nor a number
  static void check(JsonObject message, Descriptor type) {
    check(message, type, "");
  }

  private static void check(JsonObject message, Descriptor type, String prefix) {
    for (var field : type.getFields()) {
      for (var name : new String[] {field.getName(), field.getJsonName()}) {
        var value = message.get(name);
        if (value != null && !field.isMapField()) {
          check(value, field, prefix + field.getName());
        }
      }
    }
  }

  private static void check(JsonElement value, FieldDescriptor field, String path) {
    switch (value) {
      case JsonArray values -> {
        for (var i = 0; i < values.size(); i++) {
          check(values.get(i), field, path + "[" + i + "]");
        }
      }
      case JsonObject child -> {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
          check(child, field.getMessageType(), path + ".");
        }
      }
      case JsonPrimitive one -> {
        if (field.getJavaType() == FieldDescriptor.JavaType.ENUM) {
          check(one.getAsString(), field.getEnumType(), path);
        }
      }
      default -> {} // null is no value
    }
  }

  private static void check(String value, EnumDescriptor type, String path) {
    if (type.findValueByName(value) == null && !NUMBER.matcher(value).matches()) {
      throw Json.invalid(
          "Invalid value at '"
              + path
              + "' (type.googleapis.com/"
              + type.getFullName()
              + "), \""
              + value
              + "\"");
    }
  }
}
