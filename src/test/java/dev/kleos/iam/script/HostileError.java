package dev.kleos.iam.script;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.DebugInfo;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Help;
import com.google.rpc.LocalizedMessage;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.function.Function;

/// A field of Google's errors with a hostile text in it.
@SuppressWarnings("ImmutableEnumChecker") // Functions without a state.
enum HostileError {
  MESSAGE(Code.PERMISSION_DENIED, Function.identity(), _ -> Help.getDefaultInstance()),
  MESSAGE_OF_A_REJECTION(
      Code.INVALID_ARGUMENT, Function.identity(), _ -> Help.getDefaultInstance()),
  MESSAGE_OF_A_MISSING_RESOURCE(
      Code.NOT_FOUND, Function.identity(), _ -> Help.getDefaultInstance()),
  MEMBER_THAT_IS_GONE(
      Code.INVALID_ARGUMENT,
      text -> "User " + text + " does not exist.",
      _ -> Help.getDefaultInstance()),
  MEMBER_OF_ANOTHER_TYPE(
      Code.INVALID_ARGUMENT,
      text ->
          "Account alice@example.com is of type \"group\". Please set the type prefix to be \""
              + text
              + ":\".",
      _ -> Help.getDefaultInstance()),
  REASON(Code.PERMISSION_DENIED, _ -> "no", text -> info(text, "permission", "run.services.get")),
  DOMAIN(Code.PERMISSION_DENIED, _ -> "no", text -> ErrorInfo.newBuilder().setDomain(text).build()),
  PERMISSION(
      Code.PERMISSION_DENIED, _ -> "no", text -> info("IAM_PERMISSION_DENIED", "permission", text)),
  SERVICE(Code.PERMISSION_DENIED, _ -> "no", text -> info("SERVICE_DISABLED", "service", text)),
  CONSUMER(
      Code.PERMISSION_DENIED, _ -> "no", text -> info("USER_PROJECT_DENIED", "consumer", text)),
  METADATA_KEY(Code.PERMISSION_DENIED, _ -> "no", text -> info("X", text, "x")),
  HELP(
      Code.PERMISSION_DENIED,
      _ -> "no",
      text ->
          Help.newBuilder()
              .addLinks(Help.Link.newBuilder().setDescription(text).setUrl(text))
              .build()),
  LOCALIZED(
      Code.INVALID_ARGUMENT,
      _ -> "no",
      text -> LocalizedMessage.newBuilder().setLocale(text).setMessage(text).build()),
  FIELD(
      Code.INVALID_ARGUMENT,
      _ -> "no",
      text ->
          BadRequest.newBuilder()
              .addFieldViolations(
                  BadRequest.FieldViolation.newBuilder().setField(text).setDescription(text))
              .build()),
  PRECONDITION(
      Code.FAILED_PRECONDITION,
      _ -> "no",
      text ->
          PreconditionFailure.newBuilder()
              .addViolations(
                  PreconditionFailure.Violation.newBuilder().setSubject(text).setType(text))
              .build()),
  QUOTA(
      Code.FAILED_PRECONDITION,
      _ -> "no",
      text ->
          QuotaFailure.newBuilder()
              .addViolations(QuotaFailure.Violation.newBuilder().setSubject(text))
              .build()),
  RESOURCE(
      Code.NOT_FOUND,
      _ -> "no",
      text -> ResourceInfo.newBuilder().setResourceName(text).setOwner(text).build()),
  DEBUG(
      Code.INVALID_ARGUMENT,
      _ -> "no",
      text -> DebugInfo.newBuilder().addStackEntries(text).setDetail(text).build());

  private final Code code;
  private final Function<String, String> message;
  private final Function<String, Message> detail;

  HostileError(Code code, Function<String, String> message, Function<String, Message> detail) {
    this.code = code;
    this.message = message;
    this.detail = detail;
  }

  /// Whether the text is a part of the message, which JSON repeats.
  boolean isTold() {
    return !message.apply("x").equals("no");
  }

  StatusRuntimeException with(String text) {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage(message.apply(text))
            .addDetails(Any.pack(detail.apply(text)))
            .build());
  }

  private static ErrorInfo info(String reason, String key, String value) {
    return ErrorInfo.newBuilder().setReason(reason).putMetadata(key, value).build();
  }
}
