package dev.kleos.iam.fuzz;

import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Google as a script has it: an answer for each method, the same each time. A policy that is
/// written is stored, unless the script says otherwise.
///
/// @param script what is answered to a method, by its bare name
/// @param honest what is answered to others, by their full names
/// @param seen told of every policy that was answered, and of every write of one
record ScriptedGoogle(
    Map<String, Answer> script, Map<String, Message> honest, BiConsumer<String, Message> seen)
    implements ClientInterceptor {
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  /// @param code of the status; 0 for an answer
  /// @param bytes of the answer, or of the status's details
  record Answer(int code, ByteString bytes) {}

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new ClientCall<>() {
      private @Nullable Listener<A> listener;
      private @Nullable Q request;

      @Override
      public void start(Listener<A> listener, Metadata headers) {
        this.listener = listener;
      }

      @Override
      public void request(int messages) {}

      @Override
      public void cancel(@Nullable String message, @Nullable Throwable cause) {}

      @Override
      public void sendMessage(Q message) {
        request = message;
      }

      @Override
      public void halfClose() {
        answer(method, Objects.requireNonNull(request), Objects.requireNonNull(listener));
      }
    };
  }

  private <Q, A> void answer(MethodDescriptor<Q, A> method, Q request, ClientCall.Listener<A> to) {
    var name = Objects.requireNonNull(method.getBareMethodName());
    if (request instanceof SetIamPolicyRequest write) {
      seen.accept(write.getResource(), write);
    }
    var answer = script.getOrDefault(name, new Answer(0, honest(method, request)));
    if (answer.code() != 0) {
      var trailers = new Metadata();
      trailers.put(DETAILS, answer.bytes().toByteArray());
      to.onClose(Status.fromCodeValue(answer.code()).withDescription(text(answer)), trailers);
      return;
    }
    A message;
    try {
      message = method.parseResponse(answer.bytes().newInput());
    } catch (StatusRuntimeException e) {
      to.onClose(e.getStatus(), new Metadata());
      return;
    }
    if (message instanceof Policy policy) {
      seen.accept(resource(request), policy);
    }
    to.onHeaders(new Metadata());
    to.onMessage(message);
    to.onClose(Status.OK, new Metadata());
  }

  private <Q, A> ByteString honest(MethodDescriptor<Q, A> method, Q request) {
    if (request instanceof SetIamPolicyRequest write) {
      var etag = ByteString.copyFromUtf8("stored");
      return write.getPolicy().toBuilder().setEtag(etag).build().toByteString();
    }
    var known = honest.get(method.getFullMethodName());
    return known == null ? ByteString.EMPTY : known.toByteString();
  }

  private static String resource(Object request) {
    var message = (Message) request;
    var field = message.getDescriptorForType().findFieldByName("resource");
    return field == null ? "" : (String) message.getField(field);
  }

  private static String text(Answer answer) {
    try {
      return com.google.rpc.Status.parseFrom(answer.bytes()).getMessage();
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      return "not a status";
    }
  }
}
