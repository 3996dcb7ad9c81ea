import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What is measured: the launcher, and a folder for what it leaves behind.
record Setting(String launcher, Path folder) {
  /// A new folder.
  Path folder(String name) throws IOException {
    return Files.createTempDirectory(folder, name);
  }

  /// Whether a command takes an option.
  boolean has(String command, String option) throws IOException {
    var help = new ProcessBuilder(launcher, command, "--help").redirectErrorStream(true).start();
    return new String(help.getInputStream().readAllBytes()).contains(option);
  }

  /// Whether a program is on the PATH.
  static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)));
  }

  /// Whether gcloud is; where it is not, the table says so.
  static boolean hasGcloud(Table table) {
    if (isInstalled("gcloud")) {
      return true;
    }
    table.note("Left out, because gcloud is not installed: what is measured beside it.");
    return false;
  }

  /// The first line of what a program prints that begins so.
  static String firstLine(List<String> command, String start) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes())
        .lines()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElse("");
  }
}
