import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Measures, and prints a Markdown table: `java Bench.java LAUNCHER`.
///
/// Each row has a peer that was measured in the same run; only the ratio means something on another
/// machine. Times are medians.
final class Bench {
  private static final int RUNS = 9;
  private static final int ROADS = 3;
  private static final int WRITES = 31;
  private static final int POLICIES = 10_000;

  private final String launcher;
  private final Path folder;
  private final List<String> rows = new ArrayList<>();

  private Bench(String launcher, Path folder) {
    this.launcher = launcher;
    this.folder = folder;
  }

  public static void main(String[] args) throws Exception {
    var folder = Files.createTempDirectory("kleos-iam-bench");
    try {
      new Bench(Path.of(args[0]).toAbsolutePath().toString(), folder).run();
    } finally {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void run() throws Exception {
    System.out.printf(
        "%d × %s, %s, Java %s%n",
        Runtime.getRuntime().availableProcessors(),
        processor(),
        System.getProperty("os.name"),
        Runtime.version());
    start();
    memory();
    scale();
    onboarding();
    road();
    System.out.println("\n| work | ours | peer | the peer's | ratio |\n|---|---|---|---|---|");
    rows.forEach(System.out::println);
    System.out.println("\nRatio: ours by the peer's; below 1 is better than the peer.");
  }

  private void start() throws Exception {
    var ours = starts(List.of());
    row("emulator: start until it listens", "ms", ours, "a bare JVM's hello", hello());
    var peer = PubSub.installed();
    if (peer.isPresent()) {
      var theirs = median(RUNS, () -> PubSub.start(peer.get()));
      row("emulator: start until it listens", "ms", ours, PubSub.NAME, theirs);
    }
  }

  private void memory() throws Exception {
    var peer = PubSub.installed();
    if (peer.isEmpty()) {
      return;
    }
    try (var ours = Running.start(launcher, List.of());
        var theirs = PubSub.start(peer.get())) {
      var peak = Jdk.peak(ours.process());
      if (peak.isPresent()) {
        row(
            "emulator: peak memory, listening",
            "MiB",
            peak.getAsLong(),
            PubSub.NAME,
            Jdk.peak(theirs.process()).orElseThrow());
      }
    }
  }

  private void scale() throws Exception {
    var one = World.write(folder.resolve("one.json"), 1);
    var many = World.write(folder.resolve("many.json"), POLICIES);
    var scale = "with %,d policies (%.1f MB)".formatted(POLICIES, Files.size(many) / 1e6);
    row(
        "emulator: start " + scale,
        "ms",
        starts(List.of("--state", many.toString())),
        "with 1 policy",
        starts(List.of("--state", one.toString())));
    row("emulator: a write, saved, " + scale, "ms", writes(many), "with 1 policy", writes(one));
  }

  private void onboarding() throws Exception {
    if (!Onboarding.hasPeer()) {
      return;
    }
    try (var onboarding =
        Onboarding.start(launcher, Files.createDirectory(folder.resolve("new")))) {
      var ours = Timed.median(RUNS, onboarding::ours);
      var theirs = Timed.median(RUNS, onboarding::theirs);
      var peer = "four gcloud commands";
      row("letting one user in: time", "ms", ours.wall(), peer, theirs.wall());
      row("letting one user in: processor", "ms", ours.processor(), peer, theirs.processor());
      row(
          "letting one user in: API calls",
          "",
          onboarding.calls(onboarding::ours),
          peer,
          onboarding.calls(onboarding::theirs));
    }
  }

  private void road() throws Exception {
    if (!Onboarding.hasPeer()) {
      return;
    }
    var road = new Road(launcher, folder);
    var ours = road.ours();
    var theirs = road.theirs();
    var peer = "gcloud and curl";
    var work = "from no account to the service's answer: ";
    row(work + "commands", "", ours.commands(), peer, theirs.commands());
    row(work + "API calls", "", ours.calls(), peer, theirs.calls());
    var ourCost = Timed.median(ROADS, () -> road.ours().cost());
    var theirCost = Timed.median(ROADS, () -> road.theirs().cost());
    row(work + "time", "ms", ourCost.wall(), peer, theirCost.wall());
    row(work + "processor", "ms", ourCost.processor(), peer, theirCost.processor());
  }

  private void row(String work, String unit, double ours, String peer, double theirs) {
    rows.add(
        "| %s | %.0f %s | %s | %.0f %s | %.2f × |"
            .formatted(work, ours, unit, peer, theirs, unit, ours / theirs));
  }

  /// A JVM with the launcher's flags that does nothing else.
  private double hello() throws Exception {
    var source =
        Files.writeString(
            folder.resolve("Hello.java"),
            "class Hello { public static void main(String[] a) { System.out.println(1); } }");
    Jdk.run(List.of(Jdk.tool("javac"), "-d", folder.toString(), source.toString()));
    var command =
        List.of(
            Jdk.tool("java"),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            folder.toString(),
            "Hello");
    return median(
        RUNS,
        () -> {
          Jdk.run(command);
          return () -> {};
        });
  }

  /// From the command to the first line on standard output, which says that it listens.
  private double starts(List<String> options) throws Exception {
    return median(RUNS, () -> Running.start(launcher, options));
  }

  private double writes(Path state) throws Exception {
    try (var emulator = Running.start(launcher, List.of("--state", state.toString()))) {
      var users = new int[1];
      return median(
          WRITES,
          () -> {
            emulator.post(
                "/v1/projects/kleos-demo:setIamPolicy",
                "{\"policy\": {\"bindings\": [{\"role\": \"roles/run.viewer\", \"members\": [\"user:u"
                    + users[0]++
                    + "@example.com\"]}]}}");
            return () -> {};
          });
    }
  }

  /// In milliseconds, after a run that does not count; what is left over is cleared up off the
  /// clock.
  private static double median(int runs, Work work) throws Exception {
    var times = new double[runs];
    for (var i = -1; i < runs; i++) {
      var start = System.nanoTime();
      try (var _ = work.run()) {
        times[Math.max(i, 0)] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(times);
    return times[runs / 2];
  }

  private static String processor() throws IOException {
    var info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return "unknown processors";
    }
    try (var lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst("^[^:]*:\\s*", ""))
          .findFirst()
          .orElse("unknown processors");
    }
  }

  /// Something to measure; what it returns is closed afterwards.
  @FunctionalInterface
  private interface Work {
    AutoCloseable run() throws Exception;
  }
}
