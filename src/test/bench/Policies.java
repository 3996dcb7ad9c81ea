import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// `plan` of many policies far away: as fast as the distance allows, in little memory.
///
/// Held to the aim is what two processors can do for both programs, ours and the emulator; with as
/// many calls at once as is usual, they are busy all the time.
final class Policies implements Rows {
  private static final int RUNS = 3;
  private static final int POLICIES = 2_000;
  private static final int AIMED = 24;
  private static final int USUAL = 64;
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
      var many = Members.plan(folder.resolve("many.yaml"), POLICIES, 5);
      var one = Members.plan(folder.resolve("one.yaml"), 1, 5);
      for (var i = 0; i < RUNS; i++) { // the emulator's compiler has done its work then
        timed.run(command(setting, many, USUAL));
      }
      for (var concurrency : List.of(AIMED, USUAL)) {
        var both =
            Timed.inTurn(
                RUNS,
                () -> timed.run(command(setting, many, concurrency)),
                () -> timed.run(command(setting, one, concurrency)));
        var ideal = Math.ceilDiv(POLICIES, concurrency) * LATENCY;
        var reading = both.ours().wall() - both.theirs().wall() + LATENCY;
        var work =
            String.format(
                Locale.ROOT,
                "`plan`, %,d policies, %d ms a call, beyond start-up",
                POLICIES,
                LATENCY);
        var ours = "%s (%.2f of it)".formatted(Table.number(reading, "ms"), ideal / reading);
        var peer = "ideal of %d at once".formatted(concurrency);
        var theirs = Table.number(ideal, "ms");
        if (concurrency == AIMED) {
          table.add(work, ours, peer, theirs, Table.Aim.least(ideal / reading, 0.85));
        } else {
          table.add(work, ours, peer, theirs);
        }
      }
      var peak = peak(timed, command(setting, many, USUAL));
      table.add(
          String.format(Locale.ROOT, "the same, %d at once: peak memory", USUAL),
          Table.number(peak, "MiB"),
          "",
          "",
          Table.Aim.most(peak, 150, "MiB"));
      table.command(
          "`plan`, 2,000 policies",
          "kleos-iam plan --concurrency N PLAN, on kleos-iam emulator --world FILE --latency 50ms");
    }
  }

  private static List<String> command(Setting setting, Path plan, int concurrency) {
    return List.of(setting.launcher(), "plan", "--concurrency", "" + concurrency, plan.toString());
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
