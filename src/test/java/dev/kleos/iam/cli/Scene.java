package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.cli.Surroundings.Terminals;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.google.CredentialFiles;
import dev.kleos.iam.google.GoogleOnLoopback;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A world in which all is well, until a fault is made before it [#start]s: alice calls
/// `kleos-service` as `kleos-invoker`, and sees all there is; admin@example.com owns the project.
/// It is 20:00 there, 2026-12-01.
final class Scene implements AutoCloseable {
  static final String PLAN =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      serviceAccounts:
        kleos-invoker: {users: [user:alice@example.com]}
      services:
        kleos-service: {invokers: [kleos-invoker]}
      """;

  private static final Instant BEGIN = Instant.parse("2026-12-01T20:00:00Z");

  final Path folder;
  final boolean isGoogle;
  final Worldly world = new Worldly();
  final List<String> arguments = new ArrayList<>();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Clock clock =
      Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), BEGIN));
  private Duration delay = Duration.ZERO;
  private Runnable afterwards = () -> {};
  private @Nullable GoogleOnLoopback google;

  /// @param isGoogle whether the road goes by Google, rather than by a running emulator
  Scene(Path folder, boolean isGoogle) {
    this.folder = folder;
    this.isGoogle = isGoogle;
    plan(PLAN);
    adc(GoogleOnLoopback.login("alice@example.com", "alice@example.com", "kleos-demo"));
    configure("[core]\naccount = alice@example.com\nproject = kleos-demo\n");
    write(
        "admin/.config/gcloud/application_default_credentials.json",
        GoogleOnLoopback.login("admin@example.com", "admin@example.com", "kleos-demo"));
    write("admin/kleos-iam.yaml", PLAN);
  }

  /// What is asked for besides `doctor`.
  void ask(String... words) {
    arguments.addAll(List.of(words));
  }

  void plan(String yaml) {
    write("kleos-iam.yaml", yaml);
  }

  /// Nothing but the project is known beforehand.
  void withoutPlan(String project) {
    delete("kleos-iam.yaml");
    ask("--project", project);
  }

  /// The Application Default Credentials.
  void adc(String json) {
    write("home/.config/gcloud/application_default_credentials.json", json);
  }

  /// The same elsewhere, where the variable says it is.
  void namedAdc(String json) {
    set("GOOGLE_APPLICATION_CREDENTIALS", write("named.json", json).toString());
  }

  void withoutAdc() {
    delete("home/.config/gcloud/application_default_credentials.json");
  }

  /// gcloud's configuration.
  void configure(String ini) {
    write("home/.config/gcloud/configurations/config_default", ini);
  }

  void set(String variable, String value) {
    variables.put(variable, value);
  }

  void unset(String variable) {
    variables.remove(variable);
  }

  /// The first variable of a proxy is malformed, the second is not.
  void breakProxy() {
    set("https_proxy", "proxy.example.com");
    afterwards = () -> set("HTTPS_PROXY", google().env().getOrDefault("https_proxy", ""));
  }

  /// Grants take effect late, and these are made once all else is there.
  void late(Duration time, Runnable grants) {
    delay = time;
    afterwards = grants;
  }

  /// What the admin grants by the plan.
  void grant(String... words) {
    var line = new ArrayList<>(List.of("grant"));
    line.addAll(List.of(words));
    line.add("--yes");
    var said = runAsAdmin(Terminals.NONE, line);
    if (said.code() != ExitCode.DONE) {
      throw new AssertionError(said);
    }
  }

  /// The fault is made; the world is there.
  Scene start() {
    var file = write("world.json", world.json());
    var emulator = Emulator.start(World.read(file), clock);
    google = GoogleOnLoopback.start(emulator, folder.resolve("home"));
    if (!isGoogle) {
      emulator.publishedAt(URI.create(google.server().url()));
    }
    emulator.delayPropagation(delay);
    afterwards.run();
    return this;
  }

  /// Where the service is called.
  String address() {
    var said = runAsAdmin(Terminals.NONE, List.of("doctor", "alice@example.com"));
    return said.out()
        .lines()
        .filter(line -> line.startsWith("✓ service"))
        .map(line -> line.replaceFirst(".* ", ""))
        .findFirst()
        .orElseThrow(() -> new AssertionError(said));
  }

  GoogleOnLoopback google() {
    if (google == null) {
      throw new IllegalStateException("not started");
    }
    return google;
  }

  /// What alice's terminal has.
  Map<String, String> env() {
    var env = isGoogle ? google().env() : emulator("alice@example.com");
    env.put("NO_COLOR", "1");
    env.putAll(variables);
    env.values().removeIf(String::isEmpty);
    return env;
  }

  /// What the admin's terminal has.
  private Map<String, String> adminsEnv() {
    var env = isGoogle ? google().env() : emulator("admin@example.com");
    env.put("HOME", folder.resolve("admin").toString());
    env.put("NO_COLOR", "1");
    return env;
  }

  /// What a command said.
  record Said(int code, String out, String err) {
    @Override
    public String toString() {
      return out + err + "[exit " + code + "]";
    }
  }

  /// Runs one of ours; whoever is asked says yes.
  Said run(Terminals terminals, List<String> words) {
    return run(env(), folder, terminals, words);
  }

  /// The same for the admin, who has a plan file also where alice has none.
  Said runAsAdmin(Terminals terminals, List<String> words) {
    var shared = Files.exists(folder.resolve("kleos-iam.yaml"));
    return run(adminsEnv(), shared ? folder : folder.resolve("admin"), terminals, words);
  }

  private Said run(Map<String, String> env, Path cwd, Terminals terminals, List<String> words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var code =
        CommandLines.run(
            new Surroundings(
                new ByteArrayInputStream("yes\n".getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                env,
                cwd,
                terminals,
                clock,
                new LocalClouds(),
                new CapturedPrograms(out, err)),
            words.toArray(String[]::new));
    return new Said(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  /// Without what is another one each time.
  String plain(String text) {
    return text.replace(google().server().host(), "127.0.0.1:8085")
        .replace(folder.toString(), "FOLDER")
        .replaceAll("in \\d+ ms", "in 0 ms");
  }

  private Map<String, String> emulator(String who) {
    var env = new LinkedHashMap<String, String>();
    env.put("HOME", folder.resolve("home").toString());
    env.put("KLEOS_IAM_EMULATOR_HOST", google().server().host());
    env.put("KLEOS_IAM_EMULATOR_TOKEN", who);
    return env;
  }

  private Path write(String name, String content) {
    try {
      return CredentialFiles.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete(String name) {
    try {
      Files.delete(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (google != null) {
      google.close();
      google.emulator().close();
    }
  }
}
