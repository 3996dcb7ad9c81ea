package dev.kleos.iam.conformance;

import com.google.iam.admin.v1.GetServiceAccountRequest;
import com.google.iam.admin.v1.IAMGrpc;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.type.Expr;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.emulator.server.EmulatorServer;
import io.grpc.ManagedChannel;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A fresh world behind a running emulator, and a gcloud that is pointed at it.
final class Stage implements AutoCloseable {
  static final String PROJECT = "projects/kleos-demo";
  static final String SERVICE = PROJECT + "/locations/us-central1/services/kleos-service";
  static final String INVOKER = "roles/run.invoker";
  static final String ACCOUNT_USER = "roles/iam.serviceAccountUser";
  static final String ADMIN = "admin@example.com";

  private static final List<Binding> ADMINS =
      Stream.of(
              "roles/iam.serviceAccountAdmin",
              "roles/run.admin",
              "roles/resourcemanager.projectIamAdmin")
          .map(role -> binding(role, "user:" + ADMIN))
          .toList();

  final Emulator emulator;
  final EmulatorServer server;

  /// As the operator.
  final Gcloud gcloud;

  /// The emulator's own view of accounts, past HTTP.
  final IAMGrpc.IAMBlockingStub iam;

  private boolean administered;
  private final Path folder;
  private final ManagedChannel channel;

  Stage() {
    Gcloud.assumeInstalled();
    this.folder = newFolder();
    this.emulator = Emulator.start(World.demo());
    this.server = EmulatorServer.start(emulator, 0);
    this.gcloud = Gcloud.at(server.url(), folder);
    this.channel = emulator.newChannel();
    this.iam = IAMGrpc.newBlockingStub(channel);
  }

  /// gcloud as an admin, who has no more than the predefined roles for the work. These stand in the
  /// project's policy from now on, and are not shown as its bindings.
  Gcloud admin() {
    if (!administered) {
      administered = true;
      given(PROJECT);
    }
    return gcloud.as(ADMIN);
  }

  /// gcloud as an admin; for the project itself as the operator, since its policy is what makes
  /// somebody an admin.
  Gcloud gcloud(Target target) {
    return target == Target.PROJECT ? gcloud : admin();
  }

  World world() {
    return emulator.world();
  }

  /// Creates an account of the project behind the API's back; returns its e-mail.
  String account(String id) {
    world().ensureAccount("kleos-demo", email(id));
    return email(id);
  }

  /// An account as the emulator shows it over gRPC.
  ServiceAccount shown(String email) {
    var name = "projects/-/serviceAccounts/" + email;
    return iam.getServiceAccount(GetServiceAccountRequest.newBuilder().setName(name).build());
  }

  /// Writes a policy behind the API's back.
  void given(String resource, Binding... bindings) {
    given(resource, Policy.newBuilder().addAllBindings(List.of(bindings)).build());
  }

  void given(String resource, Policy policy) {
    var admins = administered && resource.equals(PROJECT) ? ADMINS : List.<Binding>of();
    world().putPolicy(resource, policy.toBuilder().addAllBindings(admins).build());
  }

  List<Binding> bindings(String resource) {
    return world().policy(resource).getBindingsList().stream()
        .filter(binding -> !administered || !ADMINS.contains(binding))
        .toList();
  }

  long calls(String method) {
    return emulator.calls().count(method);
  }

  /// A file to be named in a command.
  Path file(String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String email(String id) {
    return id + "@kleos-demo.iam.gserviceaccount.com";
  }

  static String nameOf(String email) {
    return PROJECT + "/serviceAccounts/" + email;
  }

  static Binding binding(String role, String... members) {
    return Binding.newBuilder().setRole(role).addAllMembers(List.of(members)).build();
  }

  static Binding binding(String role, Expr condition, String... members) {
    return binding(role, members).toBuilder().setCondition(condition).build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("kleos-iam-gcloud");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
