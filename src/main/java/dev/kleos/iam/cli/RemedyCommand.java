package dev.kleos.iam.cli;

import dev.kleos.iam.checkup.Remedy;
import java.util.List;
import java.util.Locale;

/// What mends a fault, as a line to copy.
record RemedyCommand(RunOptions options, Surroundings surroundings) {
  /// The line; empty where no command mends it.
  String of(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Own(var command, var arguments) ->
          before(remedy) + options.line(command, arguments);
      case Remedy.Shell(var words) when remedy.isForAdmin() -> gcloud(words);
      case Remedy.Shell(var words) -> CommandText.line(words);
      case Remedy.Advice _, Remedy.None _ -> "";
    };
  }

  /// On an emulator, what gcloud is told must not reach a project of the same name at Google: it is
  /// led there by variables, or is a comment where the emulator is inside this program.
  private String gcloud(List<String> words) {
    var line = CommandText.line(words);
    return options.clouds().isGoogle(surroundings)
        ? line
        : options
            .clouds()
            .server(surroundings)
            .map(host ->
                "CLOUDSDK_API_ENDPOINT_OVERRIDES_"
                    + api(words.get(1))
                    + "=http://"
                    + host
                    + "/ CLOUDSDK_AUTH_ACCESS_TOKEN=operator "
                    + line)
            .orElse("# at Google: " + line);
  }

  /// The API that a group of gcloud's commands goes by, as its variables have it.
  private static String api(String group) {
    return switch (group) {
      case "projects" -> "CLOUDRESOURCEMANAGER";
      case "services" -> "SERVICEUSAGE";
      default -> group.toUpperCase(Locale.ROOT);
    };
  }

  /// An admin says himself who is calling.
  private String before(Remedy remedy) {
    return remedy.isForAdmin()
        ? options.clouds().beforeOthers(surroundings)
        : options.clouds().before(surroundings);
  }
}
