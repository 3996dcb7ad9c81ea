package dev.kleos.iam.google;

import dev.kleos.iam.cloud.Accounts;
import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.cloud.Caller;
import dev.kleos.iam.cloud.Catalog;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.Policies;
import io.grpc.ManagedChannelBuilder;
import java.util.Optional;

/// Google through its own client libraries.
public final class GoogleCloud implements Cloud {
  private final CallMeter meter;
  private final Caller caller;
  private final Clients clients;
  private final Runnable closed;

  private GoogleCloud(CallMeter meter, Connection connection, Runnable closed) {
    this.meter = meter;
    this.caller = connection.caller();
    this.clients = new Clients(connection);
    this.closed = closed;
  }

  /// Google itself, as the user of the Application Default Credentials.
  ///
  /// @throws dev.kleos.iam.cloud.CloudException.Unavailable where there are none, or they are
  ///   broken
  public static GoogleCloud withDefaultCredentials() {
    var meter = new CallMeter();
    return new GoogleCloud(meter, Connection.toGoogle(meter), () -> {});
  }

  /// What stands in for Google behind a channel; no credential is sent there.
  public static GoogleCloud over(ManagedChannelBuilder<?> standIn) {
    return over(standIn, () -> {});
  }

  /// The same.
  ///
  /// @param closed run once this is closed, e.g. to end what stands behind the channel
  public static GoogleCloud over(ManagedChannelBuilder<?> standIn, Runnable closed) {
    var meter = new CallMeter();
    return new GoogleCloud(meter, Connection.to(standIn, meter), closed);
  }

  /// An emulator in another process, by gRPC.
  ///
  /// @param host an address of loopback
  /// @param token tells the emulator who is calling; never a real credential
  /// @param email whom it will take the caller for, where the token says so
  public static GoogleCloud onEmulator(
      String host, int port, String token, Optional<String> email) {
    var meter = new CallMeter();
    return new GoogleCloud(meter, Connection.toEmulator(host, port, token, email, meter), () -> {});
  }

  @Override
  public Accounts accounts() {
    return new GoogleAccounts(clients);
  }

  @Override
  public Policies policies() {
    return new GooglePolicies(clients);
  }

  @Override
  public Catalog catalog() {
    return new GoogleCatalog(clients);
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public ApiCalls calls() {
    return meter.calls();
  }

  @Override
  public void close() {
    clients.close();
    closed.run();
  }
}
