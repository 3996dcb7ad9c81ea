package dev.kleos.iam.google;

import com.google.api.gax.rpc.ApiException;
import com.google.api.serviceusage.v1.ServiceUsageClient;
import com.google.api.serviceusage.v1.ServiceUsageSettings;
import com.google.api.serviceusage.v1.stub.ServiceUsageStubSettings;
import com.google.cloud.iam.admin.v1.IAMClient;
import com.google.cloud.iam.admin.v1.IAMSettings;
import com.google.cloud.iam.admin.v1.stub.IAMStubSettings;
import com.google.cloud.iam.credentials.v1.IamCredentialsClient;
import com.google.cloud.iam.credentials.v1.IamCredentialsSettings;
import com.google.cloud.iam.credentials.v1.stub.IamCredentialsStubSettings;
import com.google.cloud.resourcemanager.v3.ProjectsClient;
import com.google.cloud.resourcemanager.v3.ProjectsSettings;
import com.google.cloud.resourcemanager.v3.stub.ProjectsStubSettings;
import com.google.cloud.run.v2.ServicesClient;
import com.google.cloud.run.v2.ServicesSettings;
import com.google.cloud.run.v2.stub.ServicesStubSettings;
import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import dev.kleos.iam.cloud.CloudException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Google's clients, each made when it is first used, because each costs start-up time.
final class Clients implements AutoCloseable {
  private final ConcurrentLinkedDeque<AutoCloseable> open = new ConcurrentLinkedDeque<>();
  private final Connection connection;
  private final Supplier<IAMClient> iam = once(this::newIam);
  private final Supplier<ServicesClient> run = once(this::newRun);
  private final Supplier<ProjectsClient> projects = once(this::newProjects);
  private final Supplier<IamCredentialsClient> credentials = once(this::newCredentials);
  private final Supplier<ServiceUsageClient> usage = once(this::newUsage);

  Clients(Connection connection) {
    this.connection = connection;
  }

  IAMClient iam() {
    return iam.get();
  }

  ServicesClient run() {
    return run.get();
  }

  ProjectsClient projects() {
    return projects.get();
  }

  IamCredentialsClient credentials() {
    return credentials.get();
  }

  ServiceUsageClient usage() {
    return usage.get();
  }

  /// An error in the words of the port, with advice that fits where the call went.
  CloudException error(ApiException e, Call call) {
    var caller = connection.emulatorCaller();
    return caller != null
        ? Errors.ofEmulator(e, call, caller)
        : new Obstacles(connection.network().proxy(), connection.caller())
            .find(e, call)
            .orElseGet(() -> Errors.of(e, call));
  }

  /// Closes every channel: an open one holds the JVM's exit up.
  @Override
  public void close() {
    for (var client : open) {
      try {
        client.close();
      } catch (Exception e) {
        throw new IllegalStateException("closing a connection to Google", e);
      }
    }
    connection.close();
  }

  private IAMClient newIam() throws IOException {
    var settings = IAMSettings.newBuilder();
    settings.applyToAllUnaryMethods(CallRules.everyMethod());
    settings
        .setCredentialsProvider(connection.credentials())
        .setTransportChannelProvider(
            connection.channel(IAMStubSettings.defaultGrpcTransportProviderBuilder()));
    return IAMClient.create(settings.build());
  }

  private ServicesClient newRun() throws IOException {
    var settings = ServicesSettings.newBuilder();
    settings.applyToAllUnaryMethods(CallRules.everyMethod());
    settings
        .setCredentialsProvider(connection.credentials())
        .setTransportChannelProvider(
            connection.channel(ServicesStubSettings.defaultGrpcTransportProviderBuilder()));
    return ServicesClient.create(settings.build());
  }

  private ProjectsClient newProjects() throws IOException {
    var settings = ProjectsSettings.newBuilder();
    settings.applyToAllUnaryMethods(CallRules.everyMethod());
    settings
        .setCredentialsProvider(connection.credentials())
        .setTransportChannelProvider(
            connection.channel(ProjectsStubSettings.defaultGrpcTransportProviderBuilder()));
    return ProjectsClient.create(settings.build());
  }

  private IamCredentialsClient newCredentials() throws IOException {
    var settings = IamCredentialsSettings.newBuilder();
    settings.applyToAllUnaryMethods(CallRules.everyMethod());
    settings
        .setCredentialsProvider(connection.credentials())
        .setTransportChannelProvider(
            connection.channel(IamCredentialsStubSettings.defaultGrpcTransportProviderBuilder()));
    return IamCredentialsClient.create(settings.build());
  }

  private ServiceUsageClient newUsage() throws IOException {
    var settings = ServiceUsageSettings.newBuilder();
    settings.applyToAllUnaryMethods(CallRules.everyMethod());
    settings
        .setCredentialsProvider(connection.credentials())
        .setTransportChannelProvider(
            connection.channel(ServiceUsageStubSettings.defaultGrpcTransportProviderBuilder()));
    return ServiceUsageClient.create(settings.build());
  }

  private <T extends AutoCloseable> Supplier<T> once(Maker<T> maker) {
    return Suppliers.memoize(() -> {
      try {
        var client = maker.make();
        open.add(client);
        return client;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  @FunctionalInterface
  private interface Maker<T> {
    T make() throws IOException;
  }
}
