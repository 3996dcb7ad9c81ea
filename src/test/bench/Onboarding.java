import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Letting one new user in, on a running emulator: `kleos-iam grant`, or the four commands of the
/// procedure that it replaces.
final class Onboarding implements AutoCloseable {
  private static final int RUNS = 7;
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

  /// The rows, beside the four commands.
  static void measure(Setting setting, Table table, Latency latency) throws Exception {
    if (!Setting.hasGcloud(table)) {
      return;
    }
    try (var onboarding = start(setting, latency)) {
      var both = Timed.inTurn(RUNS, onboarding::ours, onboarding::theirs);
      var work = "`grant` of a new user" + latency.said();
      var peer = "four gcloud commands";
      table.add(work, peer, both, 0.10, 0.15);
      var calls = onboarding.calls(onboarding::ours);
      table.add(
          work + ": API calls",
          Integer.toString(calls),
          peer,
          Integer.toString(onboarding.calls(onboarding::theirs)),
          Table.Aim.most(calls, 3, "calls"));
      table.command(
          work,
          "kleos-iam grant NEW --yes; gcloud iam service-accounts list"
              + " --filter=description:Panoply, and for each role gcloud iam service-accounts"
              + " add-iam-policy-binding ACCOUNT --member=user:NEW --role=ROLE");
    }
  }

  /// An emulator on which the plan is in effect.
  private static Onboarding start(Setting setting, Latency latency) throws Exception {
    var folder = Files.writeString(setting.folder("grant").resolve("kleos-iam.yaml"), PLAN);
    var emulator = Running.start(setting.launcher(), latency.options());
    var onboarding = new Onboarding(setting.launcher(), folder.getParent(), emulator);
    onboarding.timed.run(List.of(setting.launcher(), "apply", "--yes"));
    return onboarding;
  }

  /// One command.
  private Timed.Cost ours() throws Exception {
    return timed.run(List.of(launcher, "grant", nextUser(), "--yes"));
  }

  /// Four: the account is found by its description, and gets a binding a role.
  private Timed.Cost theirs() throws Exception {
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
  private int calls(Timed.Work work) throws Exception {
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
