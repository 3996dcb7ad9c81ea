package dev.kleos.iam.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What makes one program act as a service account, and nothing else on this machine: variables,
/// and a file that is there for so long as this is open.
public final class ProgramCredentials implements AutoCloseable {
  /// What gcloud impersonates; several with commas are a way to the last of them. Its `auth
  /// print-identity-token` does not read it. Source: gcloud's own.
  static final String IMPERSONATE = "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT";

  private static final String FILE = "application_default_credentials.json";

  /// Of gcloud, that an emulator has.
  private static final List<String> APIS =
      List.of("IAM", "RUN", "CLOUDRESOURCEMANAGER", "IAMCREDENTIALS", "SERVICEUSAGE");

  /// Some clients ask a proxy the way to this machine, too.
  private static final List<String> NO_PROXY = List.of("no_proxy", "NO_PROXY");

  private final TemporaryCredential files;
  private final Map<String, String> env;

  private ProgramCredentials(TemporaryCredential files, Map<String, String> env) {
    this.files = files;
    this.env = Map.copyOf(env);
  }

  /// Impersonates by the user's own Application Default Credentials, as whoever is behind them.
  ///
  /// @param through the accounts on the way, the first of them the user's own to act as
  /// @param below where temporary files are kept
  /// @param gcloudAlone whether the program is gcloud, which does without a credential file
  /// @throws BrokenSettingException where the credentials cannot be used for that
  /// @throws IOException where no file can be written
  public static ProgramCredentials ofGoogle(
      Map<String, String> env,
      String account,
      List<String> through,
      Path below,
      boolean gcloudAlone)
      throws IOException {
    var changed = new HashMap<>(env);
    changed.put(IMPERSONATE, way(account, through));
    changed.remove(AdcFile.QUOTA_VARIABLE); // it counts the login's calls, and not the account's
    return switch (AdcFile.find(env)) {
      case AdcFile.Found found ->
          withFile(below, changed, found.behind().impersonating(account, through).file());
      case AdcFile.Missing _ when gcloudAlone ->
          new ProgramCredentials(TemporaryCredential.make(below), changed);
      case AdcFile.Missing missing ->
          throw new BrokenSettingException(
              "there is no " + missing.file() + " by which programs could act as " + account + ".",
              "Log in with: " + CredentialReader.LOG_IN);
      case AdcFile.Broken broken ->
          throw new BrokenSettingException(broken.sentence(), broken.advice());
    };
  }

  /// Impersonates on a running emulator, and leads gcloud there too, which gets settings of its
  /// own. Reads nothing of any login.
  ///
  /// @param host of the emulator's REST, with its port
  /// @param caller whom it takes the program for
  /// @param project where gcloud is to work; empty for none
  /// @throws IOException where no file can be written
  public static ProgramCredentials ofEmulator(
      Map<String, String> env,
      String host,
      String caller,
      String project,
      String account,
      Path below)
      throws IOException {
    var changed = new HashMap<>(env);
    changed.put(IMPERSONATE, account);
    changed.put("CLOUDSDK_AUTH_ACCESS_TOKEN", caller);
    APIS.forEach(
        api -> changed.put("CLOUDSDK_API_ENDPOINT_OVERRIDES_" + api, "http://" + host + "/"));
    if (!project.isEmpty()) {
      changed.put("CLOUDSDK_CORE_PROJECT", project);
    }
    NO_PROXY.forEach(name -> changed.merge(name, "127.0.0.1", (before, own) -> before + "," + own));
    var files = TemporaryCredential.make(below);
    try {
      changed.put("CLOUDSDK_CONFIG", files.folder().resolve("gcloud").toString());
      var json = EmulatorCredential.of(host, caller, account);
      changed.put(AdcFile.VARIABLE, files.write(FILE, json).toString());
      return new ProgramCredentials(files, changed);
    } catch (IOException e) {
      files.close();
      throw e;
    }
  }

  private static ProgramCredentials withFile(Path below, Map<String, String> env, byte[] content)
      throws IOException {
    var files = TemporaryCredential.make(below);
    try {
      env.put(AdcFile.VARIABLE, files.write(FILE, content).toString());
      return new ProgramCredentials(files, env);
    } catch (IOException e) {
      files.close();
      throw e;
    }
  }

  /// gcloud sends the accounts on the way as they stand here, and they are names to Google. Source:
  /// the real gcloud, and the reference of the IAM Service Account Credentials API.
  private static String way(String account, List<String> through) {
    var names = through.stream().map(each -> "projects/-/serviceAccounts/" + each);
    return Stream.concat(names, Stream.of(account)).collect(Collectors.joining(","));
  }

  /// All variables of the program.
  public Map<String, String> env() {
    return env;
  }

  /// Removes the file.
  @Override
  public void close() {
    files.close();
  }
}
