import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where the figures come from.
final class Machine {
  private Machine() {}

  /// The machine, and the versions of all that was measured.
  static String describe(Setting setting) throws IOException {
    var parts = new ArrayList<String>();
    parts.add(
        "%d × %s, %s %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                processor(),
                System.getProperty("os.name"),
                System.getProperty("os.version")));
    parts.add(Setting.firstLine(List.of(setting.launcher(), "--version"), "kleos-iam"));
    parts.add("Java " + Runtime.version());
    if (Setting.isInstalled("gcloud")) {
      parts.add(Setting.firstLine(List.of("gcloud", "version"), "Google Cloud SDK"));
    }
    if (Setting.isInstalled("terraform")) {
      parts.add(Setting.firstLine(List.of("terraform", "version"), "Terraform v"));
    }
    return String.join(" · ", parts);
  }

  private static String processor() throws IOException {
    var info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return System.getProperty("os.arch");
    }
    try (var lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst("^[^:]*:\\s*", ""))
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }
}
