import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Letting one new user in, on a running emulator: `kleos-iam grant`, or the four commands of the
/// procedure that it replaces.
final class Onboarding implements AutoCloseable {
  private static final String ACCOUNT = "kleos-invoker@kleos-demo.iam.gserviceaccount.com";
  private static final List<String> ROLES =
      List.of(
          "roles/iam.serviceAccountUser",
          "roles/iam.serviceAccountTokenCreator",
          "roles/iam.serviceAccountOpenIdTokenCreator");
  private static final String PLAN =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      serviceAccounts:
        kleos-invoker:
          displayName: Kleos invoker
          description: Kleos invoker - Panoply sends its validation requests as this account
          users:
            - user:alice@example.com
      services:
        kleos-service:
          invokers: [kleos-invoker]
      """;

  /// What `times` of the shell prints last: processor time of its children, user and system.
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");

  private final String launcher;
  private final Path folder;
  private final Running emulator;
  private final Map<String, String> env = new HashMap<>();
  private int users;

  /// What one user took, in milliseconds of the clock and of all processors.
  record Cost(double wall, double processor) {}

  private Onboarding(String launcher, Path folder, Running emulator) {
    this.launcher = launcher;
    this.folder = folder;
    this.emulator = emulator;
  }

  static boolean hasPeer() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "gcloud")));
  }

  /// An emulator on which the plan is in effect.
  static Onboarding start(String launcher, Path folder) throws Exception {
    Files.writeString(folder.resolve("kleos-iam.yaml"), PLAN);
    var onboarding = new Onboarding(launcher, folder, Running.start(launcher, List.of()));
    onboarding.prepare();
    onboarding.run(List.of(launcher, "apply", "--yes"));
    return onboarding;
  }

  private void prepare() {
    env.put("KLEOS_IAM_EMULATOR_HOST", emulator.url().replace("http://", ""));
    env.put("CLOUDSDK_CONFIG", folder.resolve("gcloud").toString());
    env.put("CLOUDSDK_CORE_PROJECT", "kleos-demo");
    env.put("CLOUDSDK_CORE_DISABLE_PROMPTS", "1");
    env.put("CLOUDSDK_CORE_DISABLE_FILE_LOGGING", "1");
    env.put("CLOUDSDK_CORE_CHECK_GCE_METADATA", "0");
    env.put("CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK", "1");
    env.put("CLOUDSDK_AUTH_ACCESS_TOKEN", "operator");
    for (var api : List.of("IAM", "RUN", "CLOUDRESOURCEMANAGER")) {
      env.put("CLOUDSDK_API_ENDPOINT_OVERRIDES_" + api, emulator.url() + "/");
    }
  }

  /// One command.
  Cost ours() throws Exception {
    return run(List.of(launcher, "grant", nextUser(), "--yes"));
  }

  /// Four: the account is found by its description, and gets a binding a role.
  Cost theirs() throws Exception {
    var user = nextUser();
    var cost =
        run(List.of("gcloud", "iam", "service-accounts", "list", "--filter=description:Panoply"));
    var wall = cost.wall();
    var processor = cost.processor();
    for (var role : ROLES) {
      var one =
          run(
              List.of(
                  "gcloud",
                  "iam",
                  "service-accounts",
                  "add-iam-policy-binding",
                  ACCOUNT,
                  "--member=user:" + user,
                  "--role=" + role));
      wall += one.wall();
      processor += one.processor();
    }
    return new Cost(wall, processor);
  }

  /// How many calls a piece of work makes, as the emulator counts them.
  int calls(Work work) throws Exception {
    emulator.delete("/_emulator/requests");
    work.run();
    return emulator.get("/_emulator/requests").split("\"method\"", -1).length - 1;
  }

  /// The medians, after a run that does not count.
  static Cost median(int runs, Work work) throws Exception {
    var walls = new double[runs];
    var processors = new double[runs];
    work.run();
    for (var i = 0; i < runs; i++) {
      var cost = work.run();
      walls[i] = cost.wall();
      processors[i] = cost.processor();
    }
    Arrays.sort(walls);
    Arrays.sort(processors);
    return new Cost(walls[runs / 2], processors[runs / 2]);
  }

  @Override
  public void close() {
    emulator.close();
  }

  private String nextUser() {
    return "user-" + users++ + "@example.com";
  }

  /// Runs a command under a shell, which tells what its processes took.
  private Cost run(List<String> command) throws IOException, InterruptedException {
    var shell = new ArrayList<>(List.of("sh", "-c", "\"$@\" >&2 || exit; times", "sh"));
    shell.addAll(command);
    var errors = Files.createTempFile(folder, "output", ".txt");
    var builder =
        new ProcessBuilder(shell).directory(folder.toFile()).redirectError(errors.toFile());
    builder.environment().putAll(env);
    var start = System.nanoTime();
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes());
    var code = process.waitFor();
    var wall = (System.nanoTime() - start) / 1e6;
    var times = TIMES.matcher(output);
    if (code != 0 || !times.find()) {
      throw new IOException(command + ": " + output + Files.readString(errors));
    }
    return new Cost(wall, millis(times.group(1), times.group(2), times.group(3), times.group(4)));
  }

  private static double millis(String... minutesAndSeconds) {
    var sum = 0.0;
    for (var i = 0; i < minutesAndSeconds.length; i += 2) {
      sum +=
          Double.parseDouble(minutesAndSeconds[i]) * 60e3
              + Double.parseDouble(minutesAndSeconds[i + 1]) * 1e3;
    }
    return sum;
  }

  /// Something that lets one user in.
  @FunctionalInterface
  interface Work {
    Cost run() throws Exception;
  }
}
