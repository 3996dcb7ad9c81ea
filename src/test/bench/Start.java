import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// How long it takes until help is there: what a command costs that does nothing.
final class Start implements Rows {
  private static final int RUNS = 15;
  private static final String CACHE = "lib/offline.aot";

  @Override
  public void measure(Setting setting, Table table) throws Exception {
    var timed = new Timed(setting.folder(), Map.of("CLOUDSDK_CORE_DISABLE_PROMPTS", "1"));
    var work = "`--help`";
    Timed.Work ours = () -> timed.run(List.of(setting.launcher(), "--help"));
    table.command(work, "kleos-iam --help; gcloud --help; java Hello; terraform version");
    if (Setting.hasGcloud(table)) {
      var both = Timed.inTurn(RUNS, ours, () -> timed.run(List.of("gcloud", "--help")));
      table.add(work, "ms", both.ours().wall(), "`gcloud --help`", both.theirs().wall(), 0.10);
    }
    var hello = hello(setting.folder());
    var both = Timed.inTurn(RUNS, ours, () -> timed.run(hello));
    table.add(work, "ms", both.ours().wall(), "a bare JVM's hello", both.theirs().wall(), 4);
    if (Setting.isInstalled("terraform")) {
      both = Timed.inTurn(RUNS, ours, () -> timed.run(List.of("terraform", "version")));
      table.add(work, "ms", both.ours().wall(), "`terraform version`", both.theirs().wall());
    }
    var home = Path.of(setting.launcher()).toRealPath().getParent().getParent();
    if (Files.exists(home.resolve(CACHE))) {
      var bare = copy(home, setting.folder("bare"));
      both = Timed.inTurn(RUNS, ours, () -> timed.run(List.of(bare + "/bin/kleos-iam", "--help")));
      table.add(work, "ms", both.ours().wall(), "without its cache", both.theirs().wall());
      table.command(work + " without its cache", "the same in a copy without " + CACHE);
    }
  }

  /// A JVM with the launcher's flags that does nothing else.
  static List<String> hello(Path folder) throws IOException, InterruptedException {
    var source =
        Files.writeString(
            folder.resolve("Hello.java"),
            "class Hello { public static void main(String[] a) { System.out.println(1); } }");
    Jdk.run(List.of(Jdk.tool("javac"), "-d", folder.toString(), source.toString()));
    return List.of(
        Jdk.tool("java"),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        folder.toString(),
        "Hello");
  }

  private static Path copy(Path home, Path copy) throws IOException {
    try (var files = Files.walk(home)) {
      for (var file : files.filter(it -> !it.endsWith(CACHE)).toList()) {
        var target = copy.resolve(home.relativize(file).toString());
        if (!Files.isDirectory(target)) {
          Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return copy;
  }
}
