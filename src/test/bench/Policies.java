import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// `plan` of many policies far away: as fast as the distance allows, in little memory.
final class Policies implements Rows {
  private static final int RUNS = 3;
  private static final int POLICIES = 2_000;
  private static final int CONCURRENCY = 64;
  private static final int LATENCY = 50;

  @Override
  public void measure(Setting setting, Table table) throws Exception {
    if (!Latency.isPossible(setting, table) || !setting.has("plan", "--concurrency")) {
      return;
    }
    var folder = setting.folder("policies");
    var world = World.write(folder.resolve("world.json"), POLICIES);
    var options = List.of("--world", world.toString(), "--latency", LATENCY + "ms");
    try (var emulator = Running.start(setting.launcher(), options)) {
      var timed = new Timed(folder, Timed.onEmulator(emulator, folder, "operator"));
      var many = command(setting, Members.plan(folder.resolve("many.yaml"), POLICIES, 5));
      var one = command(setting, Members.plan(folder.resolve("one.yaml"), 1, 5));
      var both = Timed.inTurn(RUNS, () -> timed.run(many), () -> timed.run(one));
      var ideal = Math.ceilDiv(POLICIES, CONCURRENCY) * LATENCY;
      var ours = both.ours().wall();
      var reading = ours - both.theirs().wall() + LATENCY;
      var work =
          String.format(Locale.ROOT, "`plan`, %,d policies, %d ms a call", POLICIES, LATENCY);
      var peer = "ideal of %d at once".formatted(CONCURRENCY);
      var said = Table.number(ideal, "ms");
      table.add(
          work + ": whole command",
          "%s (%.2f of it)".formatted(Table.number(ours, "ms"), ideal / ours),
          peer,
          said,
          Table.Aim.least(ideal / ours, 0.85));
      table.add(
          work + ": beyond start-up",
          "%s (%.2f of it)".formatted(Table.number(reading, "ms"), ideal / reading),
          peer,
          said,
          Table.Aim.least(ideal / reading, 0.85));
      var peak = peak(timed, many);
      table.add(
          work + ": peak memory",
          Table.number(peak, "MiB"),
          "",
          "",
          Table.Aim.most(peak, 150, "MiB"));
      table.command(
          work,
          "kleos-iam plan --concurrency 64 PLAN, on kleos-iam emulator --world FILE --latency 50ms");
    }
  }

  private static List<String> command(Setting setting, Path plan) {
    return List.of(setting.launcher(), "plan", "--concurrency", "" + CONCURRENCY, plan.toString());
  }

  /// The most that it had, looked at again and again while it runs.
  private static double peak(Timed timed, List<String> command)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(timed.folder().toFile());
    builder.environment().putAll(timed.env());
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    var process = builder.start();
    var peak = 0L;
    while (process.isAlive()) {
      peak = Math.max(peak, Jdk.peak(process).orElse(0));
      Thread.sleep(2);
    }
    return peak;
  }
}
