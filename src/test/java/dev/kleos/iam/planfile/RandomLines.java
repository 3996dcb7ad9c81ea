package dev.kleos.iam.planfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// The lines of a random file, with comments and empty lines wherever YAML takes them. Each line
/// knows which edits may touch it.
final class RandomLines {
  private static final List<String> COMMENTS =
      List.of(
          "# comment", "#", "# users: []", "# - user:a@b.c  # d", "# \ttab 😀 'q\" [", "#### {");

  private final Random random;
  private final List<String> breaks;
  private final boolean mark;
  private final List<Line> all = new ArrayList<>();
  private int quiet;

  /// How deep a comment may be, so that no text of several lines swallows it when what is between
  /// them goes: such an edit is refused.
  private int deepest = 9;

  /// Of the entry whose lines are being written: what is between them belongs to it.
  private Set<String> inside = Set.of();

  private Set<String> next = Set.of();

  RandomLines(Random random) {
    this.random = random;
    this.breaks =
        List.of(List.of("\n"), List.of("\r\n"), List.of("\r"), List.of("\n", "\r\n"))
            .get(Math.max(0, random.nextInt(8) - 4));
    this.mark = random.nextInt(5) == 0;
  }

  int count() {
    return (int) all.stream().filter(line -> !line.noise()).count();
  }

  /// A line, perhaps with a comment behind it and other lines above.
  void add(int column, String text, Set<String> edits) {
    noise();
    var comment = random.nextInt(6) == 0 ? " ".repeat(1 + random.nextInt(3)) + comment() : "";
    var spaces = comment.isEmpty() && random.nextInt(12) == 0 ? "  " : "";
    put(" ".repeat(column) + text + comment + spaces, edits, false);
    quiet = 99;
  }

  /// Behind the next line begins what is between the lines of an entry.
  void begin(Set<String> edits) {
    next = edits;
  }

  void end() {
    next = Set.of();
    inside = Set.of();
  }

  void bare(String text) {
    put(text, Set.of(), false);
  }

  /// A text of several lines.
  void block(int column, String text, List<String> content, Set<String> edits) {
    noise();
    put(" ".repeat(column) + text, edits, false);
    content.forEach(line -> put(line.isEmpty() ? "" : " ".repeat(column + 2) + line, edits, false));
    quiet = column;
    deepest = Math.min(deepest, column);
  }

  /// Perhaps without the last line's break.
  void finish() {
    noise();
    var last = all.getLast();
    if (random.nextInt(3) == 0 && quiet == 99 && !last.text().isEmpty()) {
      all.set(all.size() - 1, new Line(last.text(), "", last.edits(), last.noise()));
    }
  }

  List<Line> lines() {
    return all;
  }

  String text() {
    var text = new StringBuilder(mark ? "\ufeff" : "");
    all.forEach(line -> text.append(line.text()).append(line.lineBreak()));
    return text.toString();
  }

  String comment() {
    return COMMENTS.get(random.nextInt(COMMENTS.size()));
  }

  /// Comments and empty lines. Right below a text of several lines, only comments that are not part
  /// of it, and none where they would be.
  private void noise() {
    while (random.nextInt(5) == 0) {
      if (random.nextBoolean() && quiet == 99) {
        put(" ".repeat(random.nextInt(3)), inside, true);
      } else {
        put(" ".repeat(random.nextInt(Math.min(quiet, deepest) + 1)) + comment(), inside, true);
      }
    }
  }

  private void put(String text, Set<String> edits, boolean noise) {
    all.add(new Line(text, breaks.get(random.nextInt(breaks.size())), edits, noise));
    inside = noise ? inside : next;
  }

  /// @param edits the principals whose change or removal may touch the line, with their resource;
  ///   [RandomEntries#ADDITION] for an addition
  record Line(String text, String lineBreak, Set<String> edits, boolean noise) {}
}
