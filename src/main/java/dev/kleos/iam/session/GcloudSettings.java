package dev.kleos.iam.session;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// gcloud's own properties as they are in force: those of the active configuration, each of which a
/// variable overrules. Google's libraries read none of them, which is why they can disagree with
/// the Application Default Credentials.
///
/// No folder of gcloud is a folder without settings; so is one that cannot be read, which is told.
public final class GcloudSettings {
  static final String ACTIVE_VARIABLE = "CLOUDSDK_ACTIVE_CONFIG_NAME";

  /// The property by which gcloud impersonates.
  static final String IMPERSONATE = "auth/impersonate_service_account";

  /// The configuration that is active where nothing says which.
  static final String DEFAULT = "default";

  private static final Pattern NAME = Pattern.compile("[a-z][-a-z0-9]*");

  private final Map<String, String> env;
  private final Optional<Path> configuration;
  private final String file;
  private final IniFile ini;
  private final Optional<String> unreadable;

  private GcloudSettings(
      Map<String, String> env,
      Optional<Path> configuration,
      String file,
      IniFile ini,
      Optional<String> unreadable) {
    this.configuration = configuration;
    this.unreadable = unreadable;
    this.env = env;
    this.file = file;
    this.ini = ini;
  }

  /// Reads what is in force.
  public static GcloudSettings of(Map<String, String> env) {
    var home = Home.of(env);
    var named = env.getOrDefault(ACTIVE_VARIABLE, "");
    var chosen = home.activeConfig();
    var active = named.isEmpty() ? home.read(chosen) : new FileContent.Absent();
    var configuration = named.isEmpty() ? first(text(active)) : named;
    if (!NAME.matcher(configuration).matches()) { // as NONE, which gcloud knows as none
      return new GcloudSettings(
          env, Optional.empty(), "no configuration", IniFile.parse(""), Optional.empty());
    }
    var path = home.gcloud().resolve("configurations").resolve("config_" + configuration);
    var settings = home.read(path);
    return new GcloudSettings(
        env,
        Optional.of(path.toAbsolutePath()),
        home.shortened(path),
        IniFile.parse(text(settings)),
        unreadable(home, chosen, active).or(() -> unreadable(home, path, settings)));
  }

  /// Which file is there and cannot be read, and why, so that what gcloud does is not known; such
  /// as `~/.config/gcloud/active_config is a folder`.
  public Optional<String> unreadable() {
    return unreadable;
  }

  /// The file of the active configuration, whether or not it is there; empty where gcloud goes
  /// without.
  Optional<Path> configuration() {
    return configuration;
  }

  /// Who gcloud acts as.
  public Optional<Setting> account() {
    return get("core/account");
  }

  /// The project that gcloud works in.
  public Optional<Setting> project() {
    return get("core/project");
  }

  /// The account, or several with commas between them, that gcloud impersonates in all it does.
  public Optional<Setting> impersonatedAccount() {
    return get(IMPERSONATE);
  }

  /// Whether the file says so, whatever a variable does.
  boolean isImpersonatingByFile() {
    return ini.get(IMPERSONATE).isPresent();
  }

  /// The file of more certificates to trust.
  public Optional<Setting> customCaCertsFile() {
    return get("core/custom_ca_certs_file");
  }

  /// A setting of the proxy: `type`, `address`, `port`, `username` or `password`.
  Optional<Setting> proxy(String name) {
    return get("proxy/" + name);
  }

  /// A variable that is empty ends what the file sets, as with gcloud.
  private Optional<Setting> get(String property) {
    var variable = "CLOUDSDK_" + property.replace('/', '_').toUpperCase(Locale.ROOT);
    var value = env.get(variable);
    if (value != null) {
      return value.isEmpty()
          ? Optional.empty()
          : Optional.of(new Setting(property, value, file, Optional.of(variable)));
    }
    return ini.get(property).map(it -> new Setting(property, it, file, Optional.empty()));
  }

  private static String first(String text) {
    return text.lines().map(String::strip).findFirst().filter(it -> !it.isEmpty()).orElse(DEFAULT);
  }

  private static String text(FileContent content) {
    return content instanceof FileContent.Text it ? it.text() : "";
  }

  private static Optional<String> unreadable(Home home, Path file, FileContent content) {
    return content instanceof FileContent.Unusable it
        ? Optional.of(home.shortened(file) + " " + it.why().words())
        : Optional.empty();
  }
}
