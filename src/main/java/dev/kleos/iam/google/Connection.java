package dev.kleos.iam.google;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.auth.oauth2.GoogleCredentials;
import dev.kleos.iam.cloud.Caller;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Failure;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// How Google is reached: the one place that knows of credentials and transports. The transport is
/// gRPC over okhttp, which starts several times faster than netty.
///
/// @param caller who calls with the credentials
/// @param shared one channel for every service; null where each service has its own endpoint
/// @param emulatorCaller whom an emulator in another process takes us for, which asks for other
///   advice; null where there is no such emulator
record Connection(
    CredentialsProvider credentials,
    Caller caller,
    CallMeter meter,
    @Nullable ManagedChannel shared,
    @Nullable String emulatorCaller) {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String GSON_ADVICE =
      "Use JsonReader\\.setStrictness\\S+ to accept malformed JSON";

  /// The libraries log every failed attempt with a stack trace; what is left of it after the last
  /// one is told as an error. Held here, because loggers that nobody holds forget their level.
  private static final List<Logger> SILENCED =
      List.of(Logger.getLogger("io.grpc"), Logger.getLogger("com.google"));

  static {
    SILENCED.forEach(logger -> logger.setLevel(Level.OFF));
  }

  /// Google itself, with Application Default Credentials. The library trips over files that it did
  /// not expect with exceptions of every kind.
  ///
  /// @throws CloudException.Unavailable where there are none, or they cannot be read
  static Connection toGoogle(CallMeter meter) {
    try {
      var found = GoogleCredentials.getApplicationDefault();
      var credentials = FixedCredentialsProvider.create(found.createScoped(List.of(SCOPE)));
      return new Connection(credentials, CallerReader.read(found), meter, null, null);
    } catch (IOException | RuntimeException e) {
      throw new CloudException.Unavailable(noCredentials(e));
    }
  }

  /// What stands in for Google. It gets no credentials: they would leave this machine's safe hands.
  static Connection to(ManagedChannelBuilder<?> standIn, CallMeter meter) {
    return to(standIn, Caller.ofEmulator(Optional.empty()), meter, null);
  }

  /// An emulator in another process on this machine. No proxy comes in between, and no credentials
  /// go there but the name of whom the emulator is to take the caller for.
  static Connection toEmulator(
      String host, int port, String token, Optional<String> email, CallMeter meter) {
    var headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    var channel =
        OkHttpChannelBuilder.forAddress(host, port, InsecureChannelCredentials.create())
            .proxyDetector(_ -> null)
            .intercept(MetadataUtils.newAttachHeadersInterceptor(headers));
    var caller =
        token.equals(EmulatorAdvice.OPERATOR) ? token : email.orElse(EmulatorAdvice.ISSUED);
    return to(channel, Caller.ofEmulator(email), meter, caller);
  }

  private static Connection to(
      ManagedChannelBuilder<?> standIn,
      Caller caller,
      CallMeter meter,
      @Nullable String emulatorCaller) {
    var channel = standIn.intercept(meter).build();
    return new Connection(NoCredentialsProvider.create(), caller, meter, channel, emulatorCaller);
  }

  /// The channel to a service, by its library's own defaults where Google is meant.
  TransportChannelProvider channel(InstantiatingGrpcChannelProvider.Builder defaults) {
    return shared != null
        ? FixedTransportChannelProvider.create(GrpcTransportChannel.create(shared))
        : defaults.setInterceptorProvider(() -> List.of(meter)).build();
  }

  /// Closes the shared channel; the others belong to their clients.
  void close() {
    if (shared != null) {
      shared.shutdownNow();
    }
  }

  private static Failure noCredentials(Exception e) {
    var message = Objects.requireNonNullElse(e.getMessage(), e.toString());
    var first = message.lines().findFirst().orElse("").replaceFirst(GSON_ADVICE, "malformed JSON");
    return Failure.of(
        "UNAUTHENTICATED",
        "",
        message.contains("default credentials were not found")
            ? "There are no Google credentials on this machine."
            : "The Application Default Credentials cannot be used: " + first,
        message.contains("GOOGLE_APPLICATION_CREDENTIALS")
            ? "Unset GOOGLE_APPLICATION_CREDENTIALS or name another file in it. " + Advice.LOG_IN
            : Advice.LOG_IN);
  }
}
