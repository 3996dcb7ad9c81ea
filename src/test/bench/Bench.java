import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Measures beside peers, and prints a Markdown table: `java Bench.java LAUNCHER JMH [ROWS]`, where
/// JMH is a folder with its jars and ROWS some of the names below, with commas; all without.
///
/// Only ratios mean something on another machine, and only between figures of one run: whatever is
/// compared is measured in turn, ours, peer, ours, peer.
final class Bench {
  private Bench() {}

  public static void main(String[] args) throws Exception {
    var rows = rows(Path.of(args[1]));
    var names = args.length < 3 ? rows.keySet() : List.of(args[2].split(","));
    if (!rows.keySet().containsAll(names)) {
      System.err.println("ROWS are some of " + String.join(",", rows.keySet()));
      System.exit(64);
    }
    var folder = Files.createTempDirectory("kleos-iam-bench");
    var setting = new Setting(Path.of(args[0]).toAbsolutePath().toString(), folder);
    try {
      var table = new Table();
      for (var name : names) {
        rows.get(name).measure(setting, table);
      }
      System.out.println(Machine.describe(setting) + "\n");
      table.print(System.out);
    } finally {
      delete(folder);
    }
  }

  private static Map<String, Rows> rows(Path jmh) {
    var rows = new LinkedHashMap<String, Rows>();
    rows.put("start", new Start());
    rows.put("plan", (setting, table) -> InSync.measure(setting, table, Latency.NONE));
    rows.put("grant", (setting, table) -> Onboarding.measure(setting, table, Latency.NONE));
    rows.put(
        "latency",
        (setting, table) -> {
          if (Latency.isPossible(setting, table)) {
            InSync.measure(setting, table, Latency.OF_A_NETWORK);
            Onboarding.measure(setting, table, Latency.OF_A_NETWORK);
          }
        });
    rows.put("tls", new Tls());
    rows.put("members", new Members());
    rows.put("policies", new Policies());
    rows.put("diff", new Diff(jmh));
    rows.put("file", new PlanFile());
    rows.put("road", new Road.Measured());
    rows.put("emulator", new EmulatorRows());
    return rows;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
