package dev.kleos.iam.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.emulator.World;
import dev.kleos.iam.google.GoogleOnLoopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A real shell with the installed launcher, curl and, where it is installed, gcloud, for whom
/// Google is the emulator: kleos-iam takes the way of production, through TLS and a proxy; gcloud
/// is led to the REST port by its own variables, as the operator. Only what takes a browser is
/// played: who logs in gets the credential file that gcloud would leave.
///
/// Each person has a home and a folder to work in, which last; variables last for one [#run].
final class ShellAtGoogle implements AutoCloseable {
  /// What of the environment may reach the shell. Which Python gcloud runs on is its affair.
  private static final Pattern KEPT = Pattern.compile("PATH|LC_ALL|TMPDIR|CLOUDSDK_PYTHON.*");

  private static final String LOGIN = "gcloud auth application-default login";

  private static final String PRELUDE =
      """
      cd ~/work
      gcloud() {
        if [ "$*" = 'auth application-default login' ]; then
          mkdir -p ~/.config/gcloud && cp ~/login ~/.config/gcloud/application_default_credentials.json
        else
          https_proxy= command gcloud "$@"
        fi
      }
      curl() {
        case $* in
          *.googleapis.com/*) https_proxy= command curl "${@/https:\\/\\/*.googleapis.com/$REST}" ;;
          *) command curl "$@" ;;
        esac
      }
      """;

  private final Path root;
  private final Installed installed;
  private final GoogleOnLoopback google;
  private final boolean hasGcloud;
  private boolean lacksGcloud;

  /// What a command came to.
  ///
  /// @param output standard output and error, as they came
  record Outcome(int code, String output) {}

  ShellAtGoogle(World world, Path root) throws Exception {
    this.root = root;
    this.installed = Installed.in(root);
    this.google = GoogleOnLoopback.start(world, Files.createDirectory(root.resolve("google")));
    this.hasGcloud = installed.run(Map.of(), "sh", "-c", "command -v gcloud").code() == 0;
  }

  /// Lets somebody do something in the project.
  void grant(String email, List<String> roles) {
    roles.forEach(role -> google.grant(role, email));
  }

  /// Runs commands one after another, whatever becomes of them. Where there is no gcloud, nothing
  /// is run from its first use on, since the rest may build on it.
  ///
  /// @param quotaProject what gcloud would have a login of theirs counted for
  List<Outcome> run(String email, String quotaProject, List<String> commands) throws Exception {
    var home = root.resolve(email);
    Files.createDirectories(home.resolve("work"));
    Files.writeString(home.resolve("login"), GoogleOnLoopback.login(email, email, quotaProject));
    var possible = commands.stream().takeWhile(this::canBeRun).toList();
    var script =
        possible.stream()
            .map(command -> "printf '\\036'\n" + command + "\nprintf '\\037%d' $?\n")
            .collect(joining("", PRELUDE, ""));
    var builder = installed.builder(Map.of(), "bash", "-c", script).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> !KEPT.matcher(name).matches());
    builder.environment().putAll(google.env("HOME", home.toString()));
    builder.environment().putAll(forGcloud());
    builder.environment().merge("PATH", installed.home() + "/bin", (path, bin) -> bin + ":" + path);
    var process = builder.start();
    process.getOutputStream().close();
    var printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    var outcomes = new ArrayList<Outcome>();
    for (var part : List.of(printed.split("\036", -1)).subList(1, possible.size() + 1)) {
      var end = part.lastIndexOf('\037');
      var code = Integer.parseInt(part.substring(end + 1).strip());
      outcomes.add(new Outcome(code, part.substring(0, end)));
    }
    return outcomes;
  }

  @Override
  public void close() {
    google.close();
  }

  /// Whether something was not run for want of gcloud.
  boolean lacksGcloud() {
    return lacksGcloud;
  }

  /// Edits somebody's plan file.
  ///
  /// @param difference its lines with `-` or `+` before them
  void edit(String email, String difference) throws IOException {
    var file = root.resolve(email).resolve("work/kleos-iam.yaml");
    var before = Files.readString(file);
    var after = before.replace(side(difference, '-'), side(difference, '+'));
    assertThat(after).isNotEqualTo(before);
    Files.writeString(file, after);
  }

  private static String side(String difference, char sign) {
    return difference
        .lines()
        .filter(line -> line.charAt(0) == sign)
        .map(line -> line.substring(1) + "\n")
        .collect(joining());
  }

  private boolean canBeRun(String command) {
    lacksGcloud |=
        command.matches("(?s)(.*[(| ])?gcloud .*") && !command.startsWith(LOGIN) && !hasGcloud;
    return !lacksGcloud;
  }

  private Map<String, String> forGcloud() {
    var url = google.server().url();
    return Map.of(
        "REST",
        url,
        "CLOUDSDK_CORE_DISABLE_PROMPTS",
        "1",
        "CLOUDSDK_CORE_CHECK_GCE_METADATA",
        "0",
        "CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK",
        "1",
        "CLOUDSDK_AUTH_ACCESS_TOKEN",
        "operator",
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_IAM",
        url + "/",
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN",
        url + "/",
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER",
        url + "/",
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_SERVICEUSAGE",
        url + "/");
  }
}
