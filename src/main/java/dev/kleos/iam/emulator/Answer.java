package dev.kleos.iam.emulator;

import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.function.Supplier;

/// Turns what a handler returns or throws into the one answer of a call.
final class Answer {
  private Answer() {}

  /// Answers with what `work` returns, or with what it throws.
  static <T> void to(StreamObserver<T> caller, Supplier<T> work) {
    if (caller instanceof ServerCallStreamObserver<T> call) {
      // Without a handler, gRPC throws at us when the caller has hung up meanwhile.
      call.setOnCancelHandler(() -> {});
    }
    T answer;
    try {
      answer = work.get();
    } catch (RuntimeException e) {
      caller.onError(failure(e));
      return;
    }
    caller.onNext(answer);
    caller.onCompleted();
  }

  /// The status to answer with. What Google would not say is logged here, and the caller is told no
  /// more than Google tells (**documented**: `INTERNAL`; the text is **assumed**). What cannot be
  /// saved gets a code that nobody waits on and tries again.
  static StatusRuntimeException failure(RuntimeException e) {
    return switch (e) {
      case StatusRuntimeException status -> status;
      case StateFileException unsaved ->
          Errors.of(Code.DATA_LOSS, Objects.requireNonNullElse(unsaved.getMessage(), ""));
      default -> {
        System.getLogger(Answer.class.getName()).log(Level.ERROR, "The emulator failed", e);
        yield Errors.of(Code.INTERNAL, "Internal error encountered.");
      }
    };
  }
}
