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
  private static final String MOST = "1000000";
  private static final String FEWER = "100000";

  /// In milliseconds.
  private record Score(double mean, double error) {
    String said() {
      return String.format(Locale.ROOT, "%,.0f ± %,.0f ms", mean, error);
    }
  }

  @Override
  public void measure(Setting setting, Table table) throws Exception {
    var scores = scores(setting.folder("jmh"));
    var most = scores.get("diff" + MOST);
    var fewer = scores.get("diff" + FEWER);
    table.add(
        "diff of 1,000,000 grants (JMH)",
        most.said(),
        "of 100,000",
        fewer.said(),
        Table.Aim.most(most.mean(), 1_000, "ms"));
    table.add("the same: for each grant", "ns", most.mean(), "of 100,000", fewer.mean() * 10);
    most = scores.get("plan" + MOST);
    fewer = scores.get("plan" + FEWER);
    var work = "diff, and whose each grant is (JMH)";
    table.add(work, "ms", most.mean(), "of 100,000", fewer.mean());
    table.command(
        "JMH", "java -cp CLASSES:JARS org.openjdk.jmh.Main GrantsBenchmark; ± is its 99.9% error");
  }

  private Map<String, Score> scores(Path folder) throws Exception {
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
            "GrantsBenchmark",
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
