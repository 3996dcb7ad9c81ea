package dev.kleos.iam.google;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.iam.admin.v1.IAMClient;
import com.google.cloud.iam.admin.v1.IAMSettings;
import com.google.cloud.iam.admin.v1.stub.IAMStubSettings;
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

/// Google's clients, each made when it is first used, because each costs start-up time.
final class Clients implements AutoCloseable {
  private final OpenClients open = new OpenClients();
  private final Connection connection;
  private final Supplier<IAMClient> iam = open.once(this::newIam);
  private final Supplier<ServicesClient> run = open.once(this::newRun);
  private final Supplier<ProjectsClient> projects = open.once(this::newProjects);
  private final Supplier<RareClients> rare;

  Clients(Connection connection) {
    this.connection = connection;
    this.rare = Suppliers.memoize(() -> new RareClients(connection, open));
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

  RareClients rare() {
    return rare.get();
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

  @Override
  public void close() {
    open.close();
    connection.close();
  }

  private IAMClient newIam() throws IOException {
    var settings = IAMSettings.newBuilder();
    settings.applyToAllUnaryMethods(CallRules.everyMethod());
    connection.lead(settings, IAMStubSettings.defaultGrpcTransportProviderBuilder());
    return IAMClient.create(settings.build());
  }

  private ServicesClient newRun() throws IOException {
    var settings = ServicesSettings.newBuilder();
    settings.applyToAllUnaryMethods(CallRules.everyMethod());
    connection.lead(settings, ServicesStubSettings.defaultGrpcTransportProviderBuilder());
    return ServicesClient.create(settings.build());
  }

  private ProjectsClient newProjects() throws IOException {
    var settings = ProjectsSettings.newBuilder();
    settings.applyToAllUnaryMethods(CallRules.everyMethod());
    connection.lead(settings, ProjectsStubSettings.defaultGrpcTransportProviderBuilder());
    return ProjectsClient.create(settings.build());
  }
}
