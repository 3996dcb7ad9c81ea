package dev.kleos.iam.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.type.Expr;
import dev.kleos.iam.cli.CommandLines;
import dev.kleos.iam.cli.OneCloud;
import dev.kleos.iam.cli.Surroundings;
import dev.kleos.iam.cli.Surroundings.Terminals;
import dev.kleos.iam.cli.Unattended;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.google.GoogleCloud;
import dev.kleos.iam.script.Harmless;
import io.grpc.ManagedChannelBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Commands in this process, on an emulator that plays Google: a service, an account, and people
/// whom no plan names.
final class Stage implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-12-01T09:00:00Z");
  static final String PLAN =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      serviceAccounts:
        kleos-invoker:
          displayName: Kleos invoker
          users:
            - user:alice@example.com
            - {principal: user:bob@example.com, until: 2027-03-31, reason: OPS-12}
      services:
        kleos-service:
          unmanaged: remove
          invokers: [kleos-invoker, user:carol@example.com]
      """;

  private static final Set<Integer> DOCUMENTED = Set.of(0, 1, 2, 3, 4, 64, 65);
  private static final String ACCOUNT =
      "projects/kleos-demo/serviceAccounts/kleos-invoker@kleos-demo.iam.gserviceaccount.com";
  private static final String SERVICE =
      "projects/kleos-demo/locations/us-central1/services/kleos-service";
  private static final List<String> RESOURCES = List.of(ACCOUNT, SERVICE, "projects/kleos-demo");

  private final Path folder;
  private final Emulator emulator;

  /// @param policies by resource; those of the demo where there are none
  Stage(Path folder, Map<String, Policy> policies) {
    this.folder = folder.toAbsolutePath();
    var world = World.demo();
    if (policies.containsKey(ACCOUNT)) {
      world.ensureAccount("kleos-demo", "kleos-invoker@kleos-demo.iam.gserviceaccount.com");
    }
    policies.forEach(world::putPolicy);
    this.emulator = Emulator.start(world);
  }

  /// What a command said on both of its streams.
  record Said(int code, String text) {}

  /// Runs a command; nobody is at a terminal. What it says is harmless, and its exit code is one
  /// that is documented.
  Said run(String... words) {
    return run(folder, new OneCloud(() -> GoogleCloud.over(channel())), words);
  }

  /// The same on another cloud.
  static Said run(Path folder, OneCloud cloud, String... words) {
    var printed = new ByteArrayOutputStream();
    var out = new PrintStream(printed, true, UTF_8);
    var env = Map.of("XDG_STATE_HOME", state(folder).toString());
    var code =
        CommandLines.run(
            new Surroundings(
                InputStream.nullInputStream(),
                out,
                out,
                env,
                folder,
                Terminals.NONE,
                () -> NOW,
                cloud,
                Unattended.NO_PROGRAMS),
            words);
    var text = printed.toString(UTF_8);
    if (text.startsWith("{")) {
      Harmless.assertJson(text);
    } else {
      Harmless.assertText(text);
    }
    assertThat(code).as(text).isIn(DOCUMENTED);
    return new Said(code, text);
  }

  /// The way to the emulator.
  ManagedChannelBuilder<?> channel() {
    return emulator.channelBuilder();
  }

  /// Where the journal is.
  Path state() {
    return state(folder);
  }

  private static Path state(Path folder) {
    return folder.toAbsolutePath().resolve("state");
  }

  /// The policies now.
  Map<String, Policy> policies() {
    var policies = new LinkedHashMap<String, Policy>();
    for (var resource : RESOURCES) {
      if (!resource.equals(ACCOUNT) || hasAccount()) {
        policies.put(resource, emulator.world().policy(resource));
      }
    }
    return policies;
  }

  /// The same with twelve others in every role, and somebody under a condition.
  static Map<String, Policy> withOthers(Map<String, Policy> policies) {
    var more = new LinkedHashMap<String, Policy>();
    policies.forEach((resource, policy) -> {
      var with = policy.toBuilder().clearEtag().setVersion(3);
      for (var binding : with.getBindingsBuilderList()) {
        for (var other = 1; other <= 12; other++) {
          binding.addMembers("user:other-" + other + "@example.com");
        }
      }
      with.addBindings(
          Binding.newBuilder()
              .setRole("roles/run.viewer")
              .addMembers("user:foreign@example.com")
              .setCondition(Expr.newBuilder().setTitle("t").setExpression("true")));
      more.put(resource, with.build());
    });
    return more;
  }

  private boolean hasAccount() {
    return !emulator
        .world()
        .ensureAccount("kleos-demo", "kleos-invoker@kleos-demo.iam.gserviceaccount.com");
  }

  /// How many calls have written something, or have tried to.
  long writes() {
    return emulator.calls().count("SetIamPolicy")
        + emulator.calls().count("CreateServiceAccount")
        + emulator.calls().count("PatchServiceAccount");
  }

  /// That whoever got or lost something since is named in what was said.
  void assertShown(Map<String, Policy> before, Said said) {
    policies()
        .forEach((resource, now) -> {
          var then = members(before.getOrDefault(resource, Policy.getDefaultInstance()));
          var changed = new HashSet<>(members(now));
          changed.addAll(then);
          var both = new HashSet<>(members(now));
          both.retainAll(then);
          changed.removeAll(both);
          for (var grant : changed) {
            assertThat(said.text()).as("%s", grant).contains(grant.getFirst(), grant.getLast());
          }
        });
  }

  private static Set<List<String>> members(Policy policy) {
    var members = new HashSet<List<String>>();
    for (var binding : policy.getBindingsList()) {
      for (var member : binding.getMembersList()) {
        members.add(List.of(binding.getRole(), binding.getCondition().toString(), member));
      }
    }
    return members;
  }

  /// The files of a folder and below, by their names in it.
  static Map<String, byte[]> files(Path folder) throws IOException {
    var files = new LinkedHashMap<String, byte[]>();
    try (var walk = Files.walk(folder)) {
      for (var file : new ArrayList<>(walk.filter(Files::isRegularFile).sorted().toList())) {
        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  @Override
  public void close() {
    emulator.close();
  }
}
