import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `plan` in sync where one account has more and more members: it costs one read, and time in
/// proportion.
final class Members implements Rows {
  private static final int RUNS = 7;
  private static final List<Integer> SIZES = List.of(1, 10, 100, 1_000, 10_000);

  /// The line through the largest and the smallest is held against what the next to the largest
  /// takes: where the time for a member grows, it lies above.
  private static final double MOST = 1.5;

  @Override
  public void measure(Setting setting, Table table) throws Exception {
    var emulators = new ArrayList<Running>();
    try {
      var works = new ArrayList<Timed.Work>();
      for (var size : SIZES) {
        var folder = setting.folder("members");
        var world = World.write(folder.resolve("world.json"), 1, size);
        var plan = plan(folder.resolve("kleos-iam.yaml"), 1, size);
        var emulator = Running.start(setting.launcher(), List.of("--world", world.toString()));
        emulators.add(emulator);
        var timed = new Timed(folder, Timed.onEmulator(emulator, folder, "operator"));
        works.add(() -> timed.run(List.of(setting.launcher(), "plan", plan.toString())));
      }
      var costs = Timed.inTurn(RUNS, works);
      for (var i = 0; i < SIZES.size(); i++) {
        var calls = emulators.get(i).calls() / (RUNS + 1);
        var work = String.format("`plan`, in sync, 1 account with %,d members", SIZES.get(i));
        table.add(
            work,
            Table.number(costs.get(i).wall(), "ms"),
            "reads",
            Integer.toString(calls),
            Table.Aim.most(calls, 1, "read"));
      }
      var most = perMember(costs, SIZES.size() - 1);
      var fewer = perMember(costs, SIZES.size() - 2);
      table.add(
          "the same: time for each further member, at 10,000", "µs", most, "at 1,000", fewer, MOST);
      table.command("`plan`, N members", "kleos-iam plan, on kleos-iam emulator --world FILE");
    } finally {
      emulators.forEach(Running::close);
    }
  }

  /// A plan that refers to the first accounts of a world, each with so many users.
  static Path plan(Path file, int accounts, int users) throws java.io.IOException {
    var plan =
        new StringBuilder(
            "version: 1\nproject: kleos-demo\nuserRoles: [roles/iam.serviceAccountUser]\n"
                + "serviceAccounts:\n");
    for (var i = 0; i < accounts; i++) {
      plan.append("  ").append(World.account(i)).append(":\n    users:\n");
      for (var j = 0; j < users; j++) {
        plan.append("      - ").append(World.member(j)).append('\n');
      }
    }
    return Files.writeString(file, plan);
  }

  private static double perMember(List<Timed.Cost> costs, int size) {
    return 1e3
        * (costs.get(size).wall() - costs.getFirst().wall())
        / (SIZES.get(size) - SIZES.getFirst());
  }
}
