import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/// Commands that are run in a folder, under a shell that tells what their processes took.
///
/// @param env variables besides those of this process
record Timed(Path folder, Map<String, String> env) {
  /// What `times` of the shell prints last: processor time of its children, user and system.
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");

  /// What something took, in milliseconds of the clock and of all processors.
  record Cost(double wall, double processor) {
    static final Cost NONE = new Cost(0, 0);

    Cost plus(Cost other) {
      return new Cost(wall + other.wall, processor + other.processor);
    }
  }

  /// Something that costs.
  @FunctionalInterface
  interface Work {
    Cost run() throws Exception;
  }

  /// Something that is begun, and cleared up afterwards, off the clock.
  @FunctionalInterface
  interface Beginning {
    AutoCloseable run() throws Exception;
  }

  /// What is begun in this process, by the clock alone.
  static Work clocked(Beginning beginning) {
    return () -> {
      var start = System.nanoTime();
      try (var _ = beginning.run()) {
        return new Cost((System.nanoTime() - start) / 1e6, 0);
      }
    };
  }

  /// What gcloud needs to know, to work on an emulator as somebody and beside nobody's settings.
  static Map<String, String> onEmulator(Running emulator, Path folder, String caller) {
    var env = new HashMap<String, String>();
    env.put("KLEOS_IAM_EMULATOR_HOST", emulator.url().replace("http://", ""));
    env.put("KLEOS_IAM_EMULATOR_TOKEN", caller);
    env.put("CLOUDSDK_CONFIG", folder.resolve("gcloud").toString());
    env.put("CLOUDSDK_CORE_PROJECT", "kleos-demo");
    env.put("CLOUDSDK_CORE_DISABLE_PROMPTS", "1");
    env.put("CLOUDSDK_CORE_DISABLE_FILE_LOGGING", "1");
    env.put("CLOUDSDK_CORE_CHECK_GCE_METADATA", "0");
    env.put("CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK", "1");
    env.put("CLOUDSDK_AUTH_ACCESS_TOKEN", caller);
    for (var api : List.of("IAM", "RUN", "CLOUDRESOURCEMANAGER", "IAMCREDENTIALS")) {
      env.put("CLOUDSDK_API_ENDPOINT_OVERRIDES_" + api, emulator.url() + "/");
    }
    return env;
  }

  /// The medians of two pieces of work.
  record Both(Cost ours, Cost theirs) {}

  /// Ours, theirs, ours, theirs …: what disturbs the machine disturbs both. The first run of each
  /// does not count.
  static Both inTurn(int runs, Work ours, Work theirs) throws Exception {
    var medians = inTurn(runs, List.of(ours, theirs));
    return new Both(medians.getFirst(), medians.getLast());
  }

  /// The medians of several pieces of work that take turns.
  static List<Cost> inTurn(int runs, List<Work> works) throws Exception {
    var costs = works.stream().map(_ -> new ArrayList<Cost>()).toList();
    for (var i = -1; i < runs; i++) {
      for (var j = 0; j < works.size(); j++) {
        var cost = works.get(j).run();
        if (i >= 0) {
          costs.get(j).add(cost);
        }
      }
    }
    return costs.stream()
        .map(all -> new Cost(median(all, Cost::wall), median(all, Cost::processor)))
        .toList();
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> figure) {
    return costs.stream().mapToDouble(figure).sorted().skip(costs.size() / 2).findFirst().orElse(0);
  }

  Cost run(List<String> command) throws IOException, InterruptedException {
    var shell = new ArrayList<>(List.of("sh", "-c", "\"$@\" >&2 || exit; times", "sh"));
    shell.addAll(command);
    var errors = Files.createTempFile(folder, "output", ".txt");
    var builder =
        new ProcessBuilder(shell).directory(folder.toFile()).redirectError(errors.toFile());
    builder.environment().putAll(env);
    var start = System.nanoTime();
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes());
    var code = process.waitFor();
    var wall = (System.nanoTime() - start) / 1e6;
    var times = TIMES.matcher(output);
    if (code != 0 || !times.find()) {
      throw new IOException(command + ": " + output + Files.readString(errors));
    }
    return new Cost(wall, millis(times.group(1), times.group(2), times.group(3), times.group(4)));
  }

  private static double millis(String... minutesAndSeconds) {
    var sum = 0.0;
    for (var i = 0; i < minutesAndSeconds.length; i += 2) {
      sum +=
          Double.parseDouble(minutesAndSeconds[i]) * 60e3
              + Double.parseDouble(minutesAndSeconds[i + 1]) * 1e3;
    }
    return sum;
  }
}
