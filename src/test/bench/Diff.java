import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The pure core, measured by JMH.
///
/// @param jmh a folder with its jars
record Diff(Path jmh) implements Rows {
  private static final Path SOURCE = Path.of("src/test/bench/jmh/GrantsBenchmark.java");
  private static final Path CLASSES = Path.of("target/classes");

  /// In milliseconds.
  private record Score(double mean, double error) {
    String said() {
      return String.format(Locale.ROOT, "%,.0f ± %,.0f ms", mean, error);
    }
  }

  @Override
  public void measure(Setting setting, Table table) throws Exception {
    var folder = setting.folder("jmh");
    var scores = scores(folder, "diff", "100000,1000000");
    var most = scores.get("diff1000000");
    var fewer = scores.get("diff100000");
    table.add(
        "diff of 1,000,000 grants (JMH)",
        most.said(),
        "of 100,000",
        fewer.said(),
        Table.Aim.most(most.mean(), 1_000, "ms"));
    table.add("the same: for each grant", "ns", most.mean(), "of 100,000", fewer.mean() * 10);
    scores = scores(folder, "plan", "10000,100000");
    table.add(
        "diff of 100,000 grants, and whose each is (JMH)",
        "ms",
        scores.get("plan100000").mean(),
        "of 10,000",
        scores.get("plan10000").mean());
    table.command(
        "JMH",
        "java -cp CLASSES:JARS org.openjdk.jmh.Main GrantsBenchmark -p grants=N; ± is its 99.9%"
            + " error");
  }

  private Map<String, Score> scores(Path folder, String benchmark, String grants) throws Exception {
    var path = String.join(File.pathSeparator, folder.toString(), CLASSES.toString(), jmh + "/*");
    Jdk.run(
        List.of(
            Jdk.tool("javac"),
            "-proc:full",
            "-cp",
            path,
            "-d",
            folder.toString(),
            SOURCE.toString()));
    var result = folder.resolve("result.csv");
    Jdk.run(
        List.of(
            Jdk.tool("java"),
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            path,
            "org.openjdk.jmh.Main",
            "GrantsBenchmark." + benchmark,
            "-p",
            "grants=" + grants,
            "-rf",
            "csv",
            "-rff",
            result.toString()));
    var scores = new HashMap<String, Score>();
    for (var line : Files.readAllLines(result).stream().skip(1).toList()) {
      var cells = line.replace("\"", "").split(",", -1);
      scores.put(
          cells[0].replaceFirst(".*\\.", "") + cells[7],
          new Score(Double.parseDouble(cells[4]), Double.parseDouble(cells[5])));
    }
    return scores;
  }
}
