package dev.kleos.iam.planfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What an edit cuts from a text and puts into it; all else stays.
final class Splices {
  private final Layout layout;
  private final List<Splice> splices = new ArrayList<>(4);

  Splices(Layout layout) {
    this.layout = layout;
  }

  void insert(int at, String text) {
    replace(at, at, text);
  }

  void cut(int from, int to) {
    replace(from, to, "");
  }

  void replace(int from, int to, String text) {
    splices.add(new Splice(from, to, text));
  }

  /// Puts in whole lines, with the break of the line above. After a last line without a break, the
  /// new last line has none either.
  ///
  /// @param at where a line begins, or the text ends
  void insertLines(int at, List<String> lines) {
    var above = layout.breakBefore(at);
    if (!above.isEmpty()) {
      insert(at, String.join(above, lines) + above);
      return;
    }
    var before = layout.breakBefore(layout.lineStart(at));
    var lineBreak = before.isEmpty() ? "\n" : before;
    insert(at, lineBreak + String.join(lineBreak, lines));
  }

  /// Takes out whole lines. With a last line that has no break, the break before it goes.
  void cutLines(int from, int to) {
    var atEnd = to == layout.length() && !layout.isBreak(to - 1);
    cut(atEnd ? from - layout.breakBefore(from).length() : from, to);
  }

  SourceText apply() {
    splices.sort(Comparator.comparingInt(Splice::start));
    var text = layout.text();
    var result = new StringBuilder();
    var done = 0;
    for (var splice : splices) {
      result.append(text.slice(done, splice.start())).append(splice.text());
      done = splice.end();
    }
    return new SourceText(text.file(), result.append(text.slice(done, text.length())).toString());
  }

  private record Splice(int start, int end, String text) {}
}
