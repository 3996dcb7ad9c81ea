package dev.kleos.iam.google;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.ClientSettings;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.kleos.iam.cloud.Caller;
import dev.kleos.iam.cloud.Token;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// How Google is reached: the one place that knows of credentials and transports. The transport is
/// gRPC over okhttp, which starts several times faster than netty.
///
/// @param caller who calls with the credentials
/// @param network the way to Google
/// @param shared one channel for every service; null where each service has its own endpoint
/// @param emulatorCaller whom an emulator in another process takes us for, which asks for other
///   advice; null where there is no such emulator
record Connection(
    CredentialsProvider credentials,
    Caller caller,
    CallMeter meter,
    Network network,
    @Nullable ManagedChannel shared,
    @Nullable String emulatorCaller) {
  static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  /// Nothing but a shared channel leads anywhere.
  private static final Network NO_NETWORK = new Network(null, null);

  /// The libraries log every failed attempt with a stack trace; what is left of it after the last
  /// one is told as an error. Held here, because loggers that nobody holds forget their level.
  private static final List<Logger> SILENCED =
      List.of(Logger.getLogger("io.grpc"), Logger.getLogger("com.google"));

  static {
    SILENCED.forEach(logger -> logger.setLevel(Level.OFF));
  }

  /// Google itself, with Application Default Credentials.
  ///
  /// @throws CloudException.Unavailable where there are none, or they must not be used
  static Connection toGoogle(
      Map<String, String> env, boolean isOneself, Network network, CallMeter meter) {
    var found = DefaultCredentials.find(env, isOneself, network);
    var credentials = FixedCredentialsProvider.create(found.google().createScoped(List.of(SCOPE)));
    return new Connection(credentials, found.caller(), meter, network, null, null);
  }

  /// What stands in for Google. It gets no credentials: they would leave this machine's safe hands.
  static Connection to(ManagedChannelBuilder<?> standIn, CallMeter meter) {
    return to(standIn, Caller.ofEmulator(Optional.empty()), meter, null);
  }

  /// An emulator in another process on this machine. No proxy comes in between, and no credentials
  /// go there but the name of whom the emulator is to take the caller for.
  static Connection toEmulator(
      String host, int port, String token, Optional<String> email, CallMeter meter) {
    var channel =
        OkHttpChannelBuilder.forAddress(host, port, InsecureChannelCredentials.create())
            .proxyDetector(_ -> null)
            .intercept(new Bearer(token));
    var caller =
        token.equals(EmulatorAdvice.OPERATOR) ? token : email.orElse(EmulatorAdvice.ISSUED);
    return to(channel, Caller.ofEmulator(email), meter, caller);
  }

  private static Connection to(
      ManagedChannelBuilder<?> standIn,
      Caller caller,
      CallMeter meter,
      @Nullable String emulatorCaller) {
    var channel = standIn.disableRetry().intercept(meter).build();
    return new Connection(
        NoCredentialsProvider.create(), caller, meter, NO_NETWORK, channel, emulatorCaller);
  }

  /// The same way for whom an access token is for.
  Connection as(Token accessToken) {
    return shared == null
        ? new Connection(
            FixedCredentialsProvider.create(
                GoogleCredentials.create(new AccessToken(accessToken.value(), null))),
            caller,
            meter,
            network,
            null,
            null)
        : new Connection(
            credentials,
            caller,
            meter,
            network,
            new BorrowedChannel(shared, new Bearer(accessToken.value())),
            emulatorCaller == null ? null : EmulatorAdvice.ISSUED);
  }

  /// Has a client go this way.
  ///
  /// @param defaults of the client's own library, for Google
  void lead(
      ClientSettings.Builder<?, ?> client, InstantiatingGrpcChannelProvider.Builder defaults) {
    client.setCredentialsProvider(credentials).setTransportChannelProvider(channel(defaults));
  }

  private TransportChannelProvider channel(InstantiatingGrpcChannelProvider.Builder defaults) {
    return shared != null
        ? FixedTransportChannelProvider.create(GrpcTransportChannel.create(shared))
        : defaults
            .setInterceptorProvider(() -> List.of(meter))
            .setChannelConfigurator(network.channels())
            .build();
  }

  /// Closes the shared channel; the others belong to their clients.
  void close() {
    if (shared != null) {
      shared.shutdownNow();
    }
  }
}
