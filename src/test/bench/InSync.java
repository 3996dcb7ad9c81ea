import java.nio.file.Files;
import java.util.List;

/// `plan` where there is nothing to do, on three policies, beside a single write of gcloud's.
final class InSync {
  private static final int RUNS = 9;
  private static final String PEER = "peer-account@kleos-demo.iam.gserviceaccount.com";
  static final String PLAN =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      serviceAccounts:
        kleos-invoker:
          users:
            - user:alice@example.com
            - user:bob@example.com
        reporter:
          users:
            - user:alice@example.com
      services:
        kleos-service:
          invokers: [kleos-invoker, reporter]
      """;

  private InSync() {}

  static void measure(Setting setting, Table table, Latency latency) throws Exception {
    if (!Setting.hasGcloud(table)) {
      return;
    }
    var folder = setting.folder("plan");
    Files.writeString(folder.resolve("kleos-iam.yaml"), PLAN);
    try (var emulator = Running.start(setting.launcher(), latency.options())) {
      var timed = new Timed(folder, Timed.onEmulator(emulator, folder, "operator"));
      timed.run(List.of(setting.launcher(), "apply", "--yes"));
      timed.run(List.of("gcloud", "iam", "service-accounts", "create", "peer-account"));
      var users = new int[1];
      var both =
          Timed.inTurn(
              RUNS,
              () -> timed.run(List.of(setting.launcher(), "plan")),
              () ->
                  timed.run(
                      List.of(
                          "gcloud",
                          "iam",
                          "service-accounts",
                          "add-iam-policy-binding",
                          PEER,
                          "--member=user:user-" + users[0]++ + "@example.com",
                          "--role=roles/iam.serviceAccountUser")));
      var work = "`plan`, in sync, 3 policies" + latency.said();
      var peer = "one `gcloud … add-iam-policy-binding`";
      table.add(work, peer, both, 0.25, 0.45);
      table.command(
          work,
          String.join(" ", latency.options())
              + " kleos-iam plan; gcloud iam service-accounts add-iam-policy-binding ACCOUNT"
              + " --member=user:NEW --role=roles/iam.serviceAccountUser");
    }
  }
}
