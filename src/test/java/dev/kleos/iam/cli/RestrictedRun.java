package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.kleos.iam.cloud.Cloud;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.google.GoogleCloud;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Resource;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs commands as somebody who has certain roles and nothing else, each in a world of its own.
///
/// A command is its name, and how: `empty` where the account is not there yet, `synced` where all
/// is as planned, `renamed` where the account is described otherwise, `project` with a project
/// policy, `textless` where the plan does not describe the account; `plan` that is `saved` saves.
record RestrictedRun(Path folder, List<Held> held) {
  private static final String WHO = "dana@example.com";
  private static final Resource.Account ACCOUNT =
      Resource.Account.inProject("kleos-demo", "kleos-invoker");
  private static final Resource.Service SERVICE =
      new Resource.Service("kleos-demo", "us-central1", "kleos-service");
  private static final String UNIQUE_NAME =
      "projects/kleos-demo/serviceAccounts/107569531804217301234";

  /// A role that somebody has.
  ///
  /// @param role of Google's; empty for a custom role
  /// @param permissions of a custom role
  /// @param on the `project`, the `account` or the `service`
  record Held(String role, Set<String> permissions, String on) {
    static Held role(NarrowestRoles.Row row) {
      return new Held(row.role(), Set.of(), row.on());
    }

    static Held permissions(Collection<String> permissions, String on) {
      return new Held("", Set.copyOf(permissions), on);
    }
  }

  /// What came of a run.
  record Result(String command, int code, String out, String err) {
    String printed() {
      return out + err;
    }

    /// For `doctor`, that nothing is left open that a permission would have told.
    boolean works() {
      return code == ExitCode.DONE
          && !(command.equals("doctor") && out.contains("run.services.get)"));
    }
  }

  /// The name of a place where roles are granted.
  static String name(String on) {
    return switch (on) {
      case "account" -> ACCOUNT.name();
      case "service" -> SERVICE.name();
      case "project" -> "projects/kleos-demo";
      default -> throw new IllegalArgumentException(on);
    };
  }

  Result run(String command) throws IOException {
    var words = command.split(" ", -1);
    var how = words.length == 1 ? "" : words[1];
    var world = Files.writeString(folder.resolve("world.json"), world(how));
    Files.writeString(folder.resolve("kleos-iam.yaml"), plan(how));
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    try (var emulator = Emulator.start(World.read(world))) {
      var arguments = new ArrayList<>(arguments(words[0], how, emulator));
      if (!words[0].equals("validate")) {
        arguments.add("--emulator");
      }
      var code =
          CommandLines.run(
              Unattended.in(folder, new Restricted(emulator), out, err),
              arguments.toArray(String[]::new));
      return new Result(words[0], code, out.toString(UTF_8), err.toString(UTF_8));
    }
  }

  private static List<String> arguments(String command, String how, Emulator emulator) {
    return switch (command + " " + how) {
      case "token audience" -> List.of("token", "--audience", "https://kleos.example.com");
      case "plan saved" -> List.of("plan", "--out", "changes.json");
      case "token access" -> List.of("token", "--access");
      case "doctor address" -> List.of("doctor", "--service", address(emulator));
      case "invoke " -> List.of("invoke", "kleos-service");
      case "invoke address" -> List.of("invoke", address(emulator));
      default ->
          switch (command) {
            case "apply" -> List.of("apply", "--yes");
            case "grant" -> List.of("grant", "carol@example.com", "--yes");
            case "revoke" -> List.of("revoke", "alice@example.com", "--yes");
            default -> List.of(command);
          };
    };
  }

  private static String address(Emulator emulator) {
    try (var operator = GoogleCloud.over(emulator.channelBuilder())) {
      return operator.catalog().service(SERVICE).url();
    }
  }

  private static String plan(String how) {
    return """
    version: 1
    project: kleos-demo
    region: us-central1
    userRoles: [roles/iam.serviceAccountUser]
    %s
    serviceAccounts:
      kleos-invoker:
        %s
        users: ['user:alice@example.com'%s]
    services:
      kleos-service: {invokers: [kleos-invoker%s]}
    %s
    """
        .formatted(
            how.startsWith("textless") ? "" : "expectedProjectNumber: '123456789012'",
            how.startsWith("textless") ? "" : "displayName: Kleos invoker",
            how.equals("synced") || how.startsWith("textless") ? "" : ", 'user:bob@example.com'",
            how.equals("synced") ? "" : ", 'user:bob@example.com'",
            how.equals("project")
                ? "projectPolicy: {bindings: [{role: roles/run.viewer, members: ['user:bob@example.com']}]}"
                : "");
  }

  private String world(String how) {
    var policies = new ArrayList<String>();
    var isThere = !how.endsWith("empty");
    if (isThere) {
      policies.add(
          policy(
              UNIQUE_NAME,
              "account",
              binding("roles/iam.serviceAccountUser", "user:alice@example.com")));
    }
    policies.add(
        policy(
            SERVICE.name(),
            "service",
            isThere ? binding("roles/run.invoker", ACCOUNT.principal().spelling()) : ""));
    policies.add(policy("projects/kleos-demo", "project", ""));
    return """
    {
      "kleosIamEmulator": 1,
      "projects": {"kleos-demo": {"number": "123456789012"}},
      "services": ["%s"],
      "roles": {%s},
      "serviceAccounts": {%s},
      "policies": {%s}
    }
    """
        .formatted(
            SERVICE.name(),
            customRoles(),
            isThere
                ? """
                "107569531804217301234": {"project": "kleos-demo", "email": "%s", "displayName": "%s"}
                """
                    .formatted(ACCOUNT.email(), how.equals("renamed") ? "Another" : "Kleos invoker")
                : "",
            String.join(",", policies));
  }

  private String customRoles() {
    var roles = new ArrayList<String>();
    for (var i = 0; i < held.size(); i++) {
      if (held.get(i).role().isEmpty()) {
        var permissions =
            held.get(i).permissions().stream().map(it -> "\"" + it + "\"").collect(joining(","));
        roles.add("\"%s\": {\"includedPermissions\": [%s]}".formatted(custom(i), permissions));
      }
    }
    return String.join(",", roles);
  }

  private String policy(String resource, String on, String given) {
    var bindings = new ArrayList<String>();
    if (!given.isEmpty()) {
      bindings.add(given);
    }
    for (var i = 0; i < held.size(); i++) {
      if (held.get(i).on().equals(on)) {
        var role = held.get(i).role();
        bindings.add(binding(role.isEmpty() ? custom(i) : role, "user:" + WHO));
      }
    }
    return "\"%s\": {\"bindings\": [%s]}".formatted(resource, String.join(",", bindings));
  }

  private static String binding(String role, String member) {
    return "{\"role\": \"%s\", \"members\": [\"%s\"]}".formatted(role, member);
  }

  private static String custom(int number) {
    return "projects/kleos-demo/roles/held" + number;
  }

  /// An emulator as somebody who is not its operator.
  private record Restricted(Emulator emulator) implements Clouds {
    @Override
    public Cloud google(Map<String, String> env) {
      var caller = new Metadata();
      caller.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + WHO);
      return GoogleCloud.over(
          emulator.channelBuilder().intercept(MetadataUtils.newAttachHeadersInterceptor(caller)),
          new EmbeddedEndpoints(emulator),
          () -> {});
    }

    @Override
    public Cloud emulatorAt(EmulatorHost host, EmulatorCaller caller) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Cloud emulator(@Nullable Path state, DesiredState desired, Consumer<String> note) {
      return google(Map.of());
    }
  }
}
