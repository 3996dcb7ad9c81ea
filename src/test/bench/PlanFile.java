import java.util.List;
import java.util.Map;

/// A plan file of 10,000 lines, in a process that has just begun.
final class PlanFile implements Rows {
  private static final int RUNS = 11;

  @Override
  public void measure(Setting setting, Table table) throws Exception {
    var folder = setting.folder("file");
    var timed = new Timed(folder, Map.of());
    var large = Members.plan(folder.resolve("large.yaml"), 1, 9_994).toString();
    var small = Members.plan(folder.resolve("small.yaml"), 1, 14).toString();
    var both =
        Timed.inTurn(
            RUNS,
            () -> timed.run(List.of(setting.launcher(), "validate", large)),
            () -> timed.run(List.of(setting.launcher(), "validate", small)));
    var beyond = both.ours().wall() - both.theirs().wall();
    table.add(
        "`validate`, a plan file of 10,000 lines",
        Table.number(both.ours().wall(), "ms"),
        "one of 20 lines",
        Table.number(both.theirs().wall(), "ms"),
        Table.Aim.most(beyond, 300, "ms beyond it"));
    table.command("`validate`", "kleos-iam validate FILE");
  }
}
