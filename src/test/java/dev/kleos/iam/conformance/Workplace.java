package dev.kleos.iam.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.google.CredentialFiles;
import dev.kleos.iam.google.GoogleOnLoopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A machine of somebody's, on which programs run as they do on his own: by the files in his home
/// and a few variables; nothing of this machine's is among them but what is needed to start.
///
/// @param home the folder in which they run
/// @param env all that they are told
record Workplace(Path home, Map<String, String> env) {
  private static final List<String> KEPT = List.of("PATH", "TMPDIR", "LC_ALL", "CLOUDSDK_PYTHON");

  private static final String UNATTENDED =
      """
      [core]
      check_gce_metadata = False
      disable_file_logging = True
      disable_prompts = True
      disable_usage_reporting = True
      [component_manager]
      disable_update_check = True
      """;

  /// What a program answered.
  record Answer(int code, String out, String err) {
    /// What it printed, if it succeeded.
    String done() {
      assertThat(code).as(out + err).isZero();
      return out;
    }
  }

  /// In front of Google, with a login for client libraries that is counted for `kleos-demo`.
  static Workplace of(String email, GoogleOnLoopback google, Path home) throws IOException {
    var env = new HashMap<>(google.env());
    System.getenv()
        .forEach((name, value) -> {
          if (KEPT.contains(name)) {
            env.put(name, value);
          }
        });
    env.put("HOME", home.toString());
    env.put("METADATA_SERVER_DETECTION", "none");
    env.put("GOOGLE_CLOUD_PROJECT", "kleos-demo"); // for which Node's library would ask gcloud
    for (var bundle : List.of("NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE")) {
      env.put(bundle, google.env().getOrDefault("SSL_CERT_FILE", ""));
    }
    CredentialFiles.write(
        home.resolve(".config/gcloud/application_default_credentials.json"),
        GoogleOnLoopback.login(email, email, "kleos-demo"));
    return new Workplace(home, Map.copyOf(env));
  }

  /// Logs gcloud in as well. Its configuration is no longer as gcloud itself would write it, so
  /// that what is put back byte for byte is not what gcloud would make anyhow.
  void logInGcloud(String email) throws IOException, InterruptedException {
    var configuration = home.resolve(".config/gcloud/configurations/config_default");
    CredentialFiles.write(configuration, UNATTENDED);
    run(List.of("gcloud", "auth", "activate-refresh-token", email, email)).done();
    Files.writeString(configuration, "# mine\n\n" + Files.readString(configuration).strip());
  }

  /// The same with one variable more.
  Workplace with(String variable, String value) {
    var more = new HashMap<>(env);
    more.put(variable, value);
    return new Workplace(home, Map.copyOf(more));
  }

  /// Runs a program to its end.
  Answer run(List<String> command) throws IOException, InterruptedException {
    var err = Files.createTempFile("kleos-iam-workplace", ".err");
    try {
      var builder = new ProcessBuilder(command).directory(home.toFile());
      builder.redirectError(err.toFile()).environment().clear();
      builder.environment().putAll(env);
      var process = builder.start();
      process.getOutputStream().close();
      var out = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Answer(process.waitFor(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  /// Runs it as the last words of another.
  Answer run(List<String> command, List<String> last) throws IOException, InterruptedException {
    var all = new ArrayList<>(command);
    all.addAll(last);
    return run(all);
  }

  /// The files that decide as whom programs act, and what is in them: those that are there.
  Map<String, String> credentials() throws IOException {
    var found = new TreeMap<String, String>();
    for (var name :
        List.of("application_default_credentials.json", "configurations/config_default")) {
      var file = home.resolve(".config/gcloud").resolve(name);
      if (Files.exists(file)) {
        found.put(name, Files.getPosixFilePermissions(file) + "\n" + Files.readString(file));
      }
    }
    return found;
  }

  /// The files in the home that hold a text.
  List<Path> holding(String text) throws IOException {
    try (var files = Files.walk(home)) {
      var found = new ArrayList<Path>();
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
      return found;
    }
  }
}
