package dev.kleos.iam.session;

import java.nio.file.Path;
import java.util.Map;

/// The user's own folder, where gcloud keeps its own in turn.
///
/// @param folder the home itself
/// @param gcloud the folder of gcloud, whether or not it is there
record Home(Path folder, Path gcloud) {
  /// As gcloud finds them: by `HOME`, and by `CLOUDSDK_CONFIG`, of which an empty one counts for
  /// none.
  static Home of(Map<String, String> env) {
    var home = env.getOrDefault("HOME", "");
    var folder = Path.of(home.isEmpty() ? System.getProperty("user.home", "") : home);
    var config = env.getOrDefault("CLOUDSDK_CONFIG", "");
    return new Home(
        folder, config.isEmpty() ? folder.resolve(".config", "gcloud") : Path.of(config));
  }

  /// A file as it is shown: with `~` for the home folder.
  String shortened(Path file) {
    return folder.getNameCount() > 0 && file.startsWith(folder)
        ? "~/" + folder.relativize(file)
        : file.toString();
  }
}
