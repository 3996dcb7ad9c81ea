package dev.kleos.iam.planfile;

import java.util.Arrays;

/// A plan file's text, addressed by code points, as YAML marks and people count.
final class SourceText {
  private static final int EXCERPT = 160;
  private static final int BEFORE_CARET = 60;

  private final String file;
  private final String text;
  private final int[] codePoints;
  private final int[] lineStarts;

  /// @param text without byte order mark
  SourceText(String file, String text) {
    this.file = file;
    this.text = text;
    this.codePoints = text.codePoints().toArray();
    this.lineStarts = lineStarts(codePoints);
  }

  String file() {
    return file;
  }

  String text() {
    return text;
  }

  int length() {
    return codePoints.length;
  }

  int codePointAt(int offset) {
    return codePoints[offset];
  }

  /// The text between two offsets.
  String slice(int from, int to) {
    return new String(codePoints, from, to - from);
  }

  /// The stretch between two offsets; offsets outside the text are taken to be its end.
  Span span(int from, int to) {
    var start = Math.clamp(from, 0, codePoints.length);
    var end = Math.clamp(to, start, codePoints.length);
    var found = Arrays.binarySearch(lineStarts, start);
    var line = found >= 0 ? found : -found - 2;
    return new Span(file, line + 1, start - lineStarts[line] + 1, start, end);
  }

  /// The first offset of a line, and of the last line for any line after it.
  int lineStart(int line) {
    return lineStarts[Math.min(line, lineStarts.length) - 1];
  }

  /// The line of a span, cut to a bounded window around it.
  Excerpt excerpt(Span span) {
    var lineStart = lineStart(span.line());
    var lineEnd = lineEnd(lineStart);
    var caret = Math.clamp(span.start(), lineStart, lineEnd);
    var from =
        lineEnd - lineStart <= EXCERPT ? lineStart : Math.max(lineStart, caret - BEFORE_CARET);
    var to = Math.min(lineEnd, from + EXCERPT);
    var width = Math.max(1, Math.min(span.end(), to) - caret);
    var shown =
        (from > lineStart ? "…" : "")
            + new String(codePoints, from, to - from)
            + (to < lineEnd ? "…" : "");
    return new Excerpt(shown, caret - from + (from > lineStart ? 2 : 1), width);
  }

  private int lineEnd(int start) {
    var end = start;
    while (end < codePoints.length && codePoints[end] != '\n' && codePoints[end] != '\r') {
      end++;
    }
    return end;
  }

  private static int[] lineStarts(int[] codePoints) {
    var starts = new int[codePoints.length + 1];
    var lines = 1;
    for (var i = 0; i < codePoints.length; i++) {
      var beforeLineFeed = i + 1 < codePoints.length && codePoints[i + 1] == '\n';
      if (codePoints[i] == '\n' || (codePoints[i] == '\r' && !beforeLineFeed)) {
        starts[lines++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, lines);
  }

  /// What is shown of a line.
  ///
  /// @param caret from 1, in the characters of the excerpt
  record Excerpt(String text, int caret, int width) {}
}
