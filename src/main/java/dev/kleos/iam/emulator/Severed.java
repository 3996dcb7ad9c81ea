package dev.kleos.iam.emulator;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/// How a caller hears that an answer or a connection was lost, where nothing else says it: as
/// gRPC's clients tell it, with a mark in the trailers for whoever can do it better.
public final class Severed {
  private static final Metadata.Key<String> MARK =
      Metadata.Key.of("x-emulator-fault", Metadata.ASCII_STRING_MARSHALLER);

  private static final String ANSWER = "answer-lost";
  private static final String CONNECTION = "connection-cut";

  private Severed() {}

  /// Whether the caller's connection is to end without an answer.
  public static boolean isConnectionCut(@Nullable Metadata trailers) {
    return trailers != null && CONNECTION.equals(trailers.get(MARK));
  }

  /// Whether the caller is to hear nothing, for either reason.
  public static boolean isUnheard(@Nullable Metadata trailers) {
    return trailers != null && trailers.containsKey(MARK);
  }

  static StatusRuntimeException answer() {
    return of("The answer was lost: a fault of the emulator.", ANSWER);
  }

  static StatusRuntimeException connection() {
    return of("The connection was cut: a fault of the emulator.", CONNECTION);
  }

  private static StatusRuntimeException of(String text, String mark) {
    var trailers = new Metadata();
    trailers.put(MARK, mark);
    return Status.UNAVAILABLE.withDescription(text).asRuntimeException(trailers);
  }
}
