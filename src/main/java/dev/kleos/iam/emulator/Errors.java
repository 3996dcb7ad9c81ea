package dev.kleos.iam.emulator;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ResourceInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/// Failures as Google words them: a code, a text, and details of the `google.rpc` types.
final class Errors {
  private Errors() {}

  /// A failure whose details travel in the trailers, as over a real wire.
  static StatusRuntimeException of(Code code, String message, Message... details) {
    var status = com.google.rpc.Status.newBuilder().setCode(code.getNumber()).setMessage(message);
    for (var detail : details) {
      status.addDetails(Any.pack(detail));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  static StatusRuntimeException invalid(String message) {
    return of(Code.INVALID_ARGUMENT, message);
  }

  /// For what the caller may know to be missing.
  static StatusRuntimeException notFound(String message) {
    return of(Code.NOT_FOUND, message);
  }

  /// **Recorded**: text and ResourceInfo; that the latter holds only the name is **assumed**.
  static StatusRuntimeException accountExists(String project, String email) {
    return of(
        Code.ALREADY_EXISTS,
        "Service account ID already exists within project projects/" + project + ".",
        ResourceInfo.newBuilder()
            .setResourceName("projects/" + project + "/serviceAccounts/" + email)
            .build());
  }

  /// **Recorded**.
  static StatusRuntimeException concurrentChange() {
    return of(
        Code.ABORTED,
        "There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff.");
  }

  /// **Recorded** as Google's answer to some malformed members; **assumed** for the other places
  /// where we use it.
  static StatusRuntimeException invalidArgument() {
    return invalid("Request contains an invalid argument.");
  }
}
