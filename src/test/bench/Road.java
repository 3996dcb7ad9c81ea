import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// From a project without a service account to an answer of its service: what an admin runs, and
/// then the new user, each under its own name on an emulator that checks permissions.
final class Road {
  private static final String ACCOUNT = "kleos-invoker@kleos-demo.iam.gserviceaccount.com";
  private static final String USER = "alice@example.com";

  private final String launcher;
  private final Path folder;

  /// What one journey took.
  record Journey(int commands, int calls, Timed.Cost cost) {}

  Road(String launcher, Path folder) {
    this.launcher = launcher;
    this.folder = folder;
  }

  /// Four commands: the README's.
  Journey ours() throws Exception {
    return travel(
        List.of(
            List.of(launcher, "init", "--project", "kleos-demo"),
            List.of(launcher, "apply", "--yes"),
            List.of(launcher, "grant", USER, "--yes")),
        url -> List.of(List.of(launcher, "invoke", url)));
  }

  /// Seven: those of the procedure by hand, without the steps that switch settings on and off.
  Journey theirs() throws Exception {
    var admin = new ArrayList<List<String>>();
    admin.add(List.of("gcloud", "iam", "service-accounts", "create", "kleos-invoker"));
    admin.add(
        List.of(
            "gcloud",
            "run",
            "services",
            "add-iam-policy-binding",
            "kleos-service",
            "--region=us-central1",
            "--member=serviceAccount:" + ACCOUNT,
            "--role=roles/run.invoker"));
    for (var role : Onboarding.ROLES) {
      admin.add(
          List.of(
              "gcloud",
              "iam",
              "service-accounts",
              "add-iam-policy-binding",
              ACCOUNT,
              "--member=user:" + USER,
              "--role=" + role));
    }
    return travel(
        admin,
        url ->
            List.of(
                List.of(
                    "sh",
                    "-c",
                    "gcloud auth print-identity-token --impersonate-service-account="
                        + ACCOUNT
                        + " --audiences="
                        + url
                        + " > token"),
                List.of(
                    "sh",
                    "-c",
                    "curl --fail -sS -H \"Authorization: Bearer $(cat token)\" " + url)));
  }

  /// The rows of both roads.
  static final class Measured implements Rows {
    private static final int RUNS = 3;

    @Override
    public void measure(Setting setting, Table table) throws Exception {
      if (!Setting.hasGcloud(table)) {
        return;
      }
      var road = new Road(setting.launcher(), setting.folder());
      var ours = road.ours();
      var theirs = road.theirs();
      var both = Timed.inTurn(RUNS, () -> road.ours().cost(), () -> road.theirs().cost());
      var peer = "gcloud and curl";
      var work = "from no account to the service's answer";
      table.add(work + ": commands", "", ours.commands(), peer, theirs.commands());
      table.add(work + ": API calls", "", ours.calls(), peer, theirs.calls());
      table.add(work + ": time", "ms", both.ours().wall(), peer, both.theirs().wall());
      table.add(
          work + ": processor", "ms", both.ours().processor(), peer, both.theirs().processor());
      table.command(
          work,
          "kleos-iam init, apply, grant, invoke; gcloud iam service-accounts create, run services"
              + " add-iam-policy-binding, iam service-accounts add-iam-policy-binding three times,"
              + " auth print-identity-token, curl");
    }
  }

  private Journey travel(List<List<String>> admin, Towards user) throws Exception {
    var here = Files.createTempDirectory(folder, "road");
    try (var emulator = Running.start(launcher, List.of())) {
      var asAdmin = new Timed(here, Timed.onEmulator(emulator, here, "operator"));
      var asUser = new Timed(here, Timed.onEmulator(emulator, here, USER));
      var url = emulator.url() + "/run/kleos-demo/us-central1/kleos-service";
      var cost = Timed.Cost.NONE;
      for (var command : admin) {
        cost = cost.plus(asAdmin.run(command));
      }
      var commands = user.commands(url);
      for (var command : commands) {
        cost = cost.plus(asUser.run(command));
      }
      return new Journey(admin.size() + commands.size(), emulator.calls(), cost);
    }
  }

  /// What a user runs to have an answer from an address.
  @FunctionalInterface
  private interface Towards {
    List<List<String>> commands(String url);
  }
}
