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

/// A fresh world behind a running emulator, and a gcloud that is pointed at it.
final class Stage implements AutoCloseable {
  static final String PROJECT = "projects/kleos-demo";
  static final String SERVICE = PROJECT + "/locations/us-central1/services/kleos-service";
  static final String INVOKER = "roles/run.invoker";
  static final String ACCOUNT_USER = "roles/iam.serviceAccountUser";

  final Emulator emulator;
  final EmulatorServer server;
  final Gcloud gcloud;

  /// The emulator's own view of accounts, past HTTP.
  final IAMGrpc.IAMBlockingStub iam;

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
    world().putPolicy(resource, Policy.newBuilder().addAllBindings(List.of(bindings)).build());
  }

  List<Binding> bindings(String resource) {
    return world().policy(resource).getBindingsList();
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
