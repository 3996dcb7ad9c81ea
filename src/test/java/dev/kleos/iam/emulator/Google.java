package dev.kleos.iam.emulator;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.iam.credentials.v1.GenerateAccessTokenRequest;
import com.google.cloud.iam.credentials.v1.IAMCredentialsGrpc;
import com.google.cloud.resourcemanager.v3.ProjectsGrpc;
import com.google.cloud.run.v2.ServicesGrpc;
import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.DeleteServiceAccountRequest;
import com.google.iam.admin.v1.DisableServiceAccountRequest;
import com.google.iam.admin.v1.IAMGrpc;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.iam.admin.v1.UndeleteServiceAccountRequest;
import com.google.iam.v1.AuditConfig;
import com.google.iam.v1.AuditLogConfig;
import com.google.iam.v1.Binding;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.GetPolicyOptions;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.protobuf.FieldMask;
import com.google.type.Expr;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// An emulator with Google's own stubs on it, for a test to talk to.
final class Google implements AutoCloseable {
  static final String PROJECT = "projects/kleos-demo";
  static final String SERVICE = PROJECT + "/locations/us-central1/services/kleos-service";
  static final String USER_ROLE = "roles/iam.serviceAccountUser";

  final Emulator emulator;
  final ManagedChannel channel;
  final IAMGrpc.IAMBlockingStub iam;
  final ServicesGrpc.ServicesBlockingStub run;
  final ProjectsGrpc.ProjectsBlockingStub projects;
  final IAMCredentialsGrpc.IAMCredentialsBlockingStub credentials;

  Google(Emulator emulator) {
    this(emulator, emulator.newChannel(), new ClientInterceptor[0]);
  }

  private Google(Emulator emulator, ManagedChannel channel, ClientInterceptor... more) {
    this.emulator = emulator;
    this.channel = channel;
    var way = ClientInterceptors.intercept(channel, more);
    this.iam = IAMGrpc.newBlockingStub(way);
    this.run = ServicesGrpc.newBlockingStub(way);
    this.projects = ProjectsGrpc.newBlockingStub(way);
    this.credentials = IAMCredentialsGrpc.newBlockingStub(way);
  }

  /// The same for somebody else; closed with this one.
  Google as(String token) {
    return new Google(emulator, channel, authorization("Bearer " + token));
  }

  /// The same on the quota of a project.
  Google onQuotaOf(String token, String project) {
    return new Google(
        emulator,
        channel,
        authorization("Bearer " + token),
        header("x-goog-user-project", project));
  }

  static Google demo() {
    return new Google(Emulator.start(World.demo()));
  }

  static Google demo(Clock clock) {
    return new Google(Emulator.start(World.demo(), clock));
  }

  /// What makes a stub send an `authorization` header.
  static ClientInterceptor authorization(String value) {
    return header("authorization", value);
  }

  private static ClientInterceptor header(String name, String value) {
    var headers = new Metadata();
    headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  /// A world as its file would hold it.
  static String written(World world) throws IOException {
    var file = new ByteArrayOutputStream();
    new WorldWriter().write(world, file);
    return file.toString(StandardCharsets.UTF_8);
  }

  static Binding binding(String role, String... members) {
    return Binding.newBuilder().setRole(role).addAllMembers(List.of(members)).build();
  }

  static Binding binding(String role, Expr condition, String... members) {
    return binding(role, members).toBuilder().setCondition(condition).build();
  }

  static Expr condition(String title, String expression) {
    return Expr.newBuilder().setTitle(title).setExpression(expression).build();
  }

  static Policy policy(Binding... bindings) {
    return Policy.newBuilder().setVersion(3).addAllBindings(List.of(bindings)).build();
  }

  /// A write that masks in one member whom audit logs leave out.
  static SetIamPolicyRequest exempting(String resource, String member) {
    var log = AuditLogConfig.newBuilder().addExemptedMembers(member);
    var sent =
        Policy.newBuilder()
            .addAuditConfigs(AuditConfig.newBuilder().addAuditLogConfigs(log))
            .build();
    return request(resource, sent).toBuilder()
        .setUpdateMask(FieldMask.newBuilder().addPaths("audit_configs"))
        .build();
  }

  static SetIamPolicyRequest request(String resource, Policy policy) {
    return SetIamPolicyRequest.newBuilder().setResource(resource).setPolicy(policy).build();
  }

  /// What a call fails with.
  static StatusRuntimeException failure(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call);
  }

  static String email(String id) {
    return id + "@kleos-demo.iam.gserviceaccount.com";
  }

  static String account(String id) {
    return PROJECT + "/serviceAccounts/" + email(id);
  }

  ServiceAccount create(String id) {
    return iam.createServiceAccount(
        CreateServiceAccountRequest.newBuilder().setName(PROJECT).setAccountId(id).build());
  }

  void disable(String id) {
    iam.disableServiceAccount(
        DisableServiceAccountRequest.newBuilder().setName(account(id)).build());
  }

  void delete(String id) {
    iam.deleteServiceAccount(DeleteServiceAccountRequest.newBuilder().setName(account(id)).build());
  }

  ServiceAccount undelete(String uniqueId) {
    return iam.undeleteServiceAccount(
            UndeleteServiceAccountRequest.newBuilder()
                .setName("projects/-/serviceAccounts/" + uniqueId)
                .build())
        .getRestoredAccount();
  }

  /// An access token of an account of the demo project.
  String accessToken(String id) {
    return credentials
        .generateAccessToken(
            GenerateAccessTokenRequest.newBuilder()
                .setName("projects/-/serviceAccounts/" + email(id))
                .addScope("https://www.googleapis.com/auth/cloud-platform")
                .build())
        .getAccessToken();
  }

  Policy get(String resource) {
    return get(resource, 3);
  }

  Policy get(String resource, int version) {
    var options = GetPolicyOptions.newBuilder().setRequestedPolicyVersion(version);
    var request =
        GetIamPolicyRequest.newBuilder().setResource(resource).setOptions(options).build();
    if (resource.contains("/serviceAccounts/")) {
      return iam.getIamPolicy(request);
    }
    return resource.contains("/services/")
        ? run.getIamPolicy(request)
        : projects.getIamPolicy(request);
  }

  Policy set(String resource, Policy policy) {
    return set(request(resource, policy));
  }

  Policy set(SetIamPolicyRequest request) {
    if (request.getResource().contains("/serviceAccounts/")) {
      return iam.setIamPolicy(request);
    }
    return request.getResource().contains("/services/")
        ? run.setIamPolicy(request)
        : projects.setIamPolicy(request);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    emulator.close();
  }
}
