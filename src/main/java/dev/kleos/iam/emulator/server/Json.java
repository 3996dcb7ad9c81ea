package dev.kleos.iam.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.serviceusage.v1.ServiceUsageProto;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Help;
import com.google.rpc.LocalizedMessage;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.StringReader;

/// Protobuf's JSON, and Google's words for what is none.
final class Json {
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(BadRequest.getDescriptor())
                  .add(ErrorInfo.getDescriptor())
                  .add(Help.getDescriptor())
                  .add(LocalizedMessage.getDescriptor())
                  .add(PreconditionFailure.getDescriptor())
                  .add(QuotaFailure.getDescriptor())
                  .add(ResourceInfo.getDescriptor())
                  .add(RetryInfo.getDescriptor())
                  .add(ServiceUsageProto.getDescriptor().getMessageTypes())
                  .build());

  private Json() {}

  /// Reads a body, strictly; an empty one is an empty message.
  ///
  /// @throws StatusRuntimeException when it is no JSON
  static JsonElement parse(ByteString body) {
    if (!body.isValidUtf8()) {
      throw invalid("It is not UTF-8.");
    }
    try {
      var text = body.toStringUtf8();
      return text.isBlank() ? new JsonObject() : parse(text);
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw invalid(firstLine(e));
    }
  }

  /// Reads a message.
  ///
  /// @throws StatusRuntimeException when a value does not fit its field
  static Message read(JsonObject json, Message empty) {
    var message = empty.newBuilderForType();
    var text = json.toString();
    if (!UTF_8.newEncoder().canEncode(text)) {
      throw invalid("A text has half a surrogate pair.");
    }
    EnumNames.check(json, message.getDescriptorForType());
    try {
      PARSER.merge(text, message);
    } catch (InvalidProtocolBufferException e) {
      throw invalid(firstLine(e));
    }
    return message.build();
  }

  /// Writes a message.
  ///
  /// @param enumsAsNumbers what the system parameter `$alt=json;enum-encoding=int` asks for
  static String write(Message message, boolean enumsAsNumbers) {
    try {
      return (enumsAsNumbers ? PRINTER.printingEnumsAsInts() : PRINTER).print(message) + "\n";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a detail of an unknown type", e);
    }
  }

  /// **Recorded**: the beginning of the text, and the detail.
  static StatusRuntimeException invalid(String why) {
    var text = "Invalid JSON payload received. " + why;
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(Code.INVALID_ARGUMENT_VALUE)
            .setMessage(text)
            .addDetails(
                com.google.protobuf.Any.pack(
                    BadRequest.newBuilder()
                        .addFieldViolations(FieldViolation.newBuilder().setDescription(text))
                        .build()))
            .build());
  }

  private static JsonElement parse(String text) throws IOException {
    try (var reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      var value = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonParseException("There is more after the end of the value.");
      }
      return value;
    }
  }

  /// What the readers say, without their class names, their advice to programmers and their second
  /// line.
  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^([\\w.$]+Exception: )+", "")
        .replaceFirst("Use JsonReader\\.setStrictness\\S+ to accept malformed JSON", "Malformed");
  }
}
