import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Letting one new user in, on a running emulator: `kleos-iam grant`, or the four commands of the
/// procedure that it replaces.
final class Onboarding implements AutoCloseable {
  private static final String ACCOUNT = "kleos-invoker@kleos-demo.iam.gserviceaccount.com";
  static final List<String> ROLES =
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

  private final String launcher;
  private final Running emulator;
  private final Timed timed;
  private int users;

  private Onboarding(String launcher, Path folder, Running emulator) {
    this.launcher = launcher;
    this.emulator = emulator;
    this.timed = new Timed(folder, Timed.onEmulator(emulator, folder, "operator"));
  }

  static boolean hasPeer() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "gcloud")));
  }

  /// An emulator on which the plan is in effect.
  static Onboarding start(String launcher, Path folder) throws Exception {
    Files.writeString(folder.resolve("kleos-iam.yaml"), PLAN);
    var onboarding = new Onboarding(launcher, folder, Running.start(launcher, List.of()));
    onboarding.timed.run(List.of(launcher, "apply", "--yes"));
    return onboarding;
  }

  /// One command.
  Timed.Cost ours() throws Exception {
    return timed.run(List.of(launcher, "grant", nextUser(), "--yes"));
  }

  /// Four: the account is found by its description, and gets a binding a role.
  Timed.Cost theirs() throws Exception {
    var user = nextUser();
    var cost =
        timed.run(
            List.of("gcloud", "iam", "service-accounts", "list", "--filter=description:Panoply"));
    for (var role : ROLES) {
      cost =
          cost.plus(
              timed.run(
                  List.of(
                      "gcloud",
                      "iam",
                      "service-accounts",
                      "add-iam-policy-binding",
                      ACCOUNT,
                      "--member=user:" + user,
                      "--role=" + role)));
    }
    return cost;
  }

  /// How many calls a piece of work makes, as the emulator counts them.
  int calls(Timed.Work work) throws Exception {
    emulator.delete("/_emulator/requests");
    work.run();
    return emulator.calls();
  }

  @Override
  public void close() {
    emulator.close();
  }

  private String nextUser() {
    return "user-" + users++ + "@example.com";
  }
}
