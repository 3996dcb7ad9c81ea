package dev.kleos.iam.emulator.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;

/// Failures in the form of Google's REST APIs: `{"error": {code, message, status, details}}`
/// (**recorded**).
final class RestErrors {
  /// **Recorded**: what Google's APIs want from whom they do not know.
  private static final String CHALLENGE =
      "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"";

  private RestErrors() {}

  /// The answer to a call that failed.
  static RestAnswer of(StatusRuntimeException failure) {
    var status = Objects.requireNonNull(StatusProto.fromThrowable(failure));
    var answer = of(http(Code.forNumber(status.getCode())), status);
    return answer.status() == 401 ? answer.with("WWW-Authenticate", CHALLENGE) : answer;
  }

  /// The answer to a request that never became a call.
  ///
  /// @param http the HTTP status code, where it is not the one that goes with `code`
  static RestAnswer of(int http, io.grpc.Status.Code code, String message) {
    return of(http, Status.newBuilder().setCode(code.value()).setMessage(message).build());
  }

  private static RestAnswer of(int http, Status status) {
    var error = new JsonObject();
    error.addProperty("code", http);
    error.addProperty("message", status.getMessage());
    error.addProperty("status", String.valueOf(Code.forNumber(status.getCode())));
    var details = new JsonArray();
    for (var detail : status.getDetailsList()) {
      details.add(JsonParser.parseString(Json.write(detail, false)));
    }
    if (!details.isEmpty()) {
      error.add("details", details);
    }
    var root = new JsonObject();
    root.add("error", error);
    return RestAnswer.of(http, root);
  }

  /// **Documented** in `google/rpc/code.proto`.
  private static int http(Code code) {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> 499;
      case UNKNOWN, INTERNAL, DATA_LOSS, UNRECOGNIZED -> 500;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
    };
  }
}
