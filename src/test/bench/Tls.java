import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `plan` by the way on which Google is reached, with nothing replaced: a credential file, a token,
/// and TLS through a proxy to Google's own names; beside the same emulator in plaintext, without a
/// token.
final class Tls implements Rows {
  private static final int RUNS = 11;
  private static final String ADMIN = "admin@example.com";

  @Override
  public void measure(Setting setting, Table table) throws Exception {
    var folder = setting.folder("tls");
    Files.writeString(folder.resolve("kleos-iam.yaml"), InSync.PLAN);
    try (var emulator = Running.start(setting.launcher(), List.of());
        var google = TlsProxy.start(folder, emulator)) {
      var plain = new Timed(folder, Timed.onEmulator(emulator, folder, "operator"));
      plain.run(List.of(setting.launcher(), "apply", "--yes"));
      emulator.post(
          "/v1/projects/kleos-demo:setIamPolicy",
          "{\"policy\": {\"bindings\": [{\"role\": \"roles/owner\", \"members\": [\"user:"
              + ADMIN
              + "\"]}]}}");
      var login = Files.writeString(folder.resolve("login.json"), LOGIN);
      var env = new HashMap<>(Map.of("GOOGLE_APPLICATION_CREDENTIALS", login.toString()));
      env.put("HOME", folder.toString());
      env.put("CLOUDSDK_CONFIG", folder.toString());
      env.put("NO_GCE_CHECK", "true");
      env.put("https_proxy", "http://127.0.0.1:" + google.port());
      env.put("no_proxy", "");
      env.put("CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE", google.certificate().toString());
      var secured = new Timed(folder, env);
      var command = List.of(setting.launcher(), "plan");
      var both = Timed.inTurn(RUNS, () -> secured.run(command), () -> plain.run(command));
      table.add(
          "`plan`, in sync, 3 policies: TLS on loopback, and a token",
          Table.number(both.ours().wall(), "ms"),
          "plaintext, no token",
          Table.number(both.theirs().wall(), "ms"),
          Table.Aim.most(both.ours().wall() - both.theirs().wall(), 250, "ms beyond it"));
      table.command(
          "TLS",
          "https_proxy=http://127.0.0.1:PORT CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE=CA.pem"
              + " GOOGLE_APPLICATION_CREDENTIALS=LOGIN.json kleos-iam plan");
    }
  }

  /// The emulator's token endpoint takes an address for the refresh token of whose it is.
  private static final String LOGIN =
      """
      {
        "account": "%1$s",
        "client_id": "764086051850-loopback.apps.googleusercontent.com",
        "client_secret": "loopback",
        "quota_project_id": "kleos-demo",
        "refresh_token": "%1$s",
        "type": "authorized_user",
        "universe_domain": "googleapis.com"
      }
      """
          .formatted(ADMIN);
}
