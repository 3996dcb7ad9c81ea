package dev.kleos.iam.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The user's own folder, where gcloud keeps its own in turn.
///
/// @param folder the home itself
/// @param gcloud the folder of gcloud, whether or not it is there
record Home(Path folder, Path gcloud) {
  private static final int MOST_BYTES = 1 << 20; // gcloud's own have some 3 kB

  /// As gcloud finds them: by `HOME`, and by `CLOUDSDK_CONFIG`, of which an empty one counts for
  /// none.
  static Home of(Map<String, String> env) {
    var home = env.getOrDefault("HOME", "");
    var folder = Path.of(home.isEmpty() ? System.getProperty("user.home", "") : home);
    var config = env.getOrDefault("CLOUDSDK_CONFIG", "");
    return new Home(
        folder, config.isEmpty() ? folder.resolve(".config", "gcloud") : Path.of(config));
  }

  /// The file of the Application Default Credentials, whether or not it is there.
  Path adc() {
    return gcloud.resolve("application_default_credentials.json").toAbsolutePath();
  }

  /// The file that names gcloud's active configuration, whether or not it is there.
  Path activeConfig() {
    return gcloud.resolve("active_config").toAbsolutePath();
  }

  /// What is in a file of gcloud's. In a home that may not be entered there is none: whoever is
  /// told the home of somebody else, as in a container, has none there.
  FileContent read(Path file) {
    var content = FileContent.of(file, UTF_8, MOST_BYTES);
    return content.equals(new FileContent.Unusable(FileContent.Why.FORBIDDEN))
            && !Files.exists(gcloud)
        ? new FileContent.Absent()
        : content;
  }

  /// A file as it is shown: with `~` for the home folder.
  String shortened(Path file) {
    return folder.getNameCount() > 0 && file.startsWith(folder)
        ? "~/" + folder.relativize(file)
        : file.toString();
  }
}
