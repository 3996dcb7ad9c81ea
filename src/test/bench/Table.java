import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The rows of a run: what was measured beside whom, how it compares with the aim, and by which
/// commands.
final class Table {
  private final List<String> rows = new ArrayList<>();
  private final List<String> commands = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int missed;

  /// A figure that is aimed at.
  ///
  /// @param figure what is held against it
  /// @param most the highest that meets it
  /// @param said how the aim is written
  record Aim(double figure, double most, String said) {
    static Aim ratio(double figure, double most) {
      return new Aim(figure, most, "≤ " + plain(most) + " ×");
    }

    static Aim least(double figure, double least) {
      return new Aim(-figure, -least, "≥ " + plain(least));
    }

    static Aim most(double figure, double most, String unit) {
      return new Aim(figure, most, "≤ " + plain(most) + " " + unit);
    }

    private boolean isMet() {
      return figure <= most;
    }

    private static String plain(double figure) {
      return figure == Math.rint(figure)
          ? String.format(Locale.ROOT, "%,.0f", figure)
          : String.format(Locale.ROOT, "%.2f", figure);
    }
  }

  /// Ours beside the peer's, without an aim.
  void add(String work, String unit, double ours, String peer, double theirs) {
    row(work, number(ours, unit), peer, number(theirs, unit), ratio(ours, theirs), "");
  }

  /// Ours beside the peer's, with a highest ratio.
  void add(String work, String unit, double ours, String peer, double theirs, double most) {
    var aim = Aim.ratio(ours / theirs, most);
    row(work, number(ours, unit), peer, number(theirs, unit), ratio(ours, theirs), verdict(aim));
  }

  /// What both took, the time and the processor's, each with a highest ratio.
  void add(String work, String peer, Timed.Both both, double mostWall, double mostProcessor) {
    var ours = both.ours();
    var theirs = both.theirs();
    add(work + ": time", "ms", ours.wall(), peer, theirs.wall(), mostWall);
    add(work + ": processor", "ms", ours.processor(), peer, theirs.processor(), mostProcessor);
  }

  /// Ours alone or beside a peer of another kind, held against an aim.
  void add(String work, String ours, String peer, String theirs, Aim aim) {
    row(work, ours, peer, theirs, "", verdict(aim));
  }

  /// The same without an aim.
  void add(String work, String ours, String peer, String theirs) {
    row(work, ours, peer, theirs, "", "");
  }

  /// How the rows that follow one another can be repeated.
  void command(String work, String command) {
    commands.add("- " + work + ": `" + command + "`");
  }

  /// What was left out, and why; said once.
  void note(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  void print(PrintStream out) {
    out.println("| work | ours | beside | its figure | ratio | aim |\n|---|---|---|---|---|---|");
    rows.forEach(out::println);
    out.println("\nRatio: ours by the figure beside it; below 1 is better. Times are medians.");
    if (missed > 0) {
      out.println("Aims missed: " + missed + ".");
    }
    notes.forEach(out::println);
    out.println("\nCommands:\n");
    commands.forEach(out::println);
  }

  static String number(double figure, String unit) {
    return String.format(
            Locale.ROOT, figure < 10 && !unit.isEmpty() ? "%.1f %s" : "%,.0f %s", figure, unit)
        .strip();
  }

  private static String ratio(double ours, double theirs) {
    return String.format(Locale.ROOT, "%.2f ×", ours / theirs);
  }

  private String verdict(Aim aim) {
    if (!aim.isMet()) {
      missed++;
    }
    return aim.said() + (aim.isMet() ? " ✓" : " ✗");
  }

  private void row(String... cells) {
    rows.add("| " + String.join(" | ", cells) + " |");
    System.err.println(rows.getLast()); // a long run shows that it goes on
  }
}
