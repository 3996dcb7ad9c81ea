package dev.kleos.iam.google;

import com.google.api.serviceusage.v1.ServiceUsageClient;
import com.google.api.serviceusage.v1.ServiceUsageSettings;
import com.google.api.serviceusage.v1.stub.ServiceUsageStubSettings;
import com.google.cloud.iam.credentials.v1.IamCredentialsClient;
import com.google.cloud.iam.credentials.v1.IamCredentialsSettings;
import com.google.cloud.iam.credentials.v1.stub.IamCredentialsStubSettings;
import com.google.common.base.Supplier;
import java.io.IOException;

/// The clients that only few commands use, by themselves: to have a field for one loads its
/// classes.
final class RareClients {
  private final Connection connection;
  private final Supplier<IamCredentialsClient> credentials;
  private final Supplier<ServiceUsageClient> usage;

  RareClients(Connection connection, OpenClients open) {
    this.connection = connection;
    this.credentials = open.once(this::newCredentials);
    this.usage = open.once(this::newUsage);
  }

  IamCredentialsClient credentials() {
    return credentials.get();
  }

  ServiceUsageClient usage() {
    return usage.get();
  }

  private IamCredentialsClient newCredentials() throws IOException {
    var settings = IamCredentialsSettings.newBuilder();
    settings.applyToAllUnaryMethods(CallRules.everyMethod());
    connection.lead(settings, IamCredentialsStubSettings.defaultGrpcTransportProviderBuilder());
    return IamCredentialsClient.create(settings.build());
  }

  private ServiceUsageClient newUsage() throws IOException {
    var settings = ServiceUsageSettings.newBuilder();
    settings.applyToAllUnaryMethods(CallRules.everyMethod());
    connection.lead(settings, ServiceUsageStubSettings.defaultGrpcTransportProviderBuilder());
    return ServiceUsageClient.create(settings.build());
  }
}
