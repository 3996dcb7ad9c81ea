package dev.kleos.iam.google;

import dev.kleos.iam.cloud.Accounts;
import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.cloud.Caller;
import dev.kleos.iam.cloud.Catalog;
import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.cloud.Permissions;
import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.cloud.Token;
import dev.kleos.iam.cloud.Tokens;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.session.BrokenSettingException;
import dev.kleos.iam.session.GcloudSettings;
import io.grpc.ManagedChannelBuilder;
import java.util.Map;
import java.util.Optional;

/// Google through its own client libraries.
public final class GoogleCloud implements Cloud {
  private final CallMeter meter;
  private final Caller caller;
  private final Connection connection;
  private final Clients clients;
  private final Endpoints endpoints;
  private final Runnable closed;

  private GoogleCloud(
      CallMeter meter, Connection connection, Endpoints endpoints, Runnable closed) {
    this.meter = meter;
    this.caller = connection.caller();
    this.connection = connection;
    this.clients = new Clients(connection);
    this.endpoints = endpoints;
    this.closed = closed;
  }

  /// Google itself, as the user of the Application Default Credentials, through the proxy if there
  /// is one.
  ///
  /// @param env all variables of the process
  /// @param isOneself whether as whoever is behind them, where they impersonate an account
  /// @throws dev.kleos.iam.cloud.CloudException.Unavailable where there are none, or they are
  ///   broken
  public static GoogleCloud withDefaultCredentials(Map<String, String> env, boolean isOneself) {
    try {
      var meter = new CallMeter();
      var network = Network.of(env, GcloudSettings.of(env));
      var endpoints = new HttpEndpoints(network, url -> "https".equals(url.getScheme()));
      return new GoogleCloud(
          meter, Connection.toGoogle(env, isOneself, network, meter), endpoints, () -> {});
    } catch (BrokenSettingException e) {
      throw new CloudException.Unavailable(
          Failure.of("FAILED_PRECONDITION", "", e.what(), e.advice()));
    }
  }

  /// Does on a thread of its own what every connection over TLS needs first, and what takes
  /// longest: reading the certificates that Java trusts, and loading what TLS is made of. It asks
  /// nobody, and what comes of it is of no matter to who connects, but that it is there sooner.
  public static void prepare() {
    Thread.ofPlatform().daemon().start(Trust::prepare);
  }

  /// What stands in for Google behind a channel; no credential is sent there.
  public static GoogleCloud over(ManagedChannelBuilder<?> standIn) {
    return over(standIn, new HttpEndpoints(null, _ -> false), () -> {});
  }

  /// The same.
  ///
  /// @param endpoints the services behind it
  /// @param closed run once this is closed, e.g. to end what stands behind the channel
  public static GoogleCloud over(
      ManagedChannelBuilder<?> standIn, Endpoints endpoints, Runnable closed) {
    var meter = new CallMeter();
    return new GoogleCloud(meter, Connection.to(standIn, meter), endpoints, closed);
  }

  /// An emulator in another process, by gRPC.
  ///
  /// @param host an address of loopback
  /// @param token tells the emulator who is calling; never a real credential
  /// @param email whom it will take the caller for, where the token says so
  public static GoogleCloud onEmulator(
      String host, int port, String token, Optional<String> email) {
    var meter = new CallMeter();
    return new GoogleCloud(
        meter,
        Connection.toEmulator(host, port, token, email, meter),
        new HttpEndpoints(null, url -> host.equals(url.getHost())),
        () -> {});
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
  public Permissions permissions() {
    return new GooglePermissions(clients);
  }

  @Override
  public Tokens tokens() {
    return new GoogleTokens(clients);
  }

  @Override
  public Endpoints endpoints() {
    return endpoints;
  }

  @Override
  public Cloud as(Token accessToken) {
    return new GoogleCloud(meter, connection.as(accessToken), endpoints, () -> {});
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
