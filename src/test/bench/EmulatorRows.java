import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The emulator's server: how fast it is there, in how much memory, and that its cost does not grow
/// with its world.
final class EmulatorRows implements Rows {
  private static final int RUNS = 9;
  private static final int WRITES = 31;
  private static final int POLICIES = 10_000;

  @Override
  public void measure(Setting setting, Table table) throws Exception {
    start(setting, table);
    scale(setting, table);
    table.command("emulator", "kleos-iam emulator --port 0 [--state FILE]");
  }

  private void start(Setting setting, Table table) throws Exception {
    var work = "emulator: start until it listens";
    var hello = Start.hello(setting.folder());
    var timed = new Timed(setting.folder(), Map.of());
    var both = Timed.inTurn(RUNS, starts(setting, List.of()), () -> timed.run(hello));
    table.add(work, "ms", both.ours().wall(), "a bare JVM's hello", both.theirs().wall());
    var peer = PubSub.installed();
    if (peer.isEmpty()) {
      table.note("Left out, because it is not installed: " + PubSub.NAME + ".");
      return;
    }
    both =
        Timed.inTurn(
            RUNS, starts(setting, List.of()), Timed.clocked(() -> PubSub.start(peer.get())));
    table.add(work, "ms", both.ours().wall(), PubSub.NAME, both.theirs().wall());
    try (var ours = Running.start(setting.launcher(), List.of());
        var theirs = PubSub.start(peer.get())) {
      var peak = Jdk.peak(ours.process());
      if (peak.isPresent()) {
        table.add(
            "emulator: peak memory, listening",
            "MiB",
            peak.getAsLong(),
            PubSub.NAME,
            Jdk.peak(theirs.process()).orElseThrow());
      }
    }
  }

  private void scale(Setting setting, Table table) throws Exception {
    var one = World.write(setting.folder().resolve("one.json"), 1);
    var many = World.write(setting.folder().resolve("many.json"), POLICIES);
    var scale = "with %,d policies (%.1f MB)".formatted(POLICIES, Files.size(many) / 1e6);
    var beside = "with 1 policy";
    var both =
        Timed.inTurn(
            RUNS,
            starts(setting, List.of("--state", many.toString())),
            starts(setting, List.of("--state", one.toString())));
    table.add("emulator: start " + scale, "ms", both.ours().wall(), beside, both.theirs().wall());
    both = writes(setting, many, one);
    table.add(
        "emulator: a write, saved, " + scale,
        "ms",
        both.ours().wall(),
        beside,
        both.theirs().wall());
  }

  /// From the command to the first line on standard output, which says that it listens.
  private static Timed.Work starts(Setting setting, List<String> options) {
    return Timed.clocked(() -> Running.start(setting.launcher(), options));
  }

  private static Timed.Both writes(Setting setting, Path many, Path one) throws Exception {
    try (var large = Running.start(setting.launcher(), List.of("--state", many.toString()));
        var small = Running.start(setting.launcher(), List.of("--state", one.toString()))) {
      return Timed.inTurn(WRITES, write(large), write(small));
    }
  }

  private static Timed.Work write(Running emulator) {
    var users = new int[1];
    return Timed.clocked(() -> {
      emulator.post(
          "/v1/projects/kleos-demo:setIamPolicy",
          "{\"policy\": {\"bindings\": [{\"role\": \"roles/run.viewer\", \"members\": [\"user:u"
              + users[0]++
              + "@example.com\"]}]}}");
      return () -> {};
    });
  }
}
