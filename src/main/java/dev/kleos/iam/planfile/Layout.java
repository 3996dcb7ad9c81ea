package dev.kleos.iam.planfile;

/// The lines of a plan file, as an edit needs them. Offsets are those of spans.
record Layout(SourceText text) {
  int length() {
    return text.length();
  }

  int codePointAt(int offset) {
    return text.codePointAt(offset);
  }

  /// Whether one of the characters stands at the offset.
  boolean has(int offset, String characters) {
    return offset >= 0 && offset < length() && characters.indexOf(codePointAt(offset)) >= 0;
  }

  boolean isSpace(int offset) {
    return has(offset, " \t");
  }

  boolean isBreak(int offset) {
    return has(offset, "\r\n");
  }

  int lineStart(int offset) {
    return text.lineStart(text.span(offset, offset).line());
  }

  int column(int offset) {
    return offset - lineStart(offset);
  }

  /// Where the line's break is, or the text ends.
  int lineEnd(int offset) {
    var end = offset;
    while (end < length() && !isBreak(end)) {
      end++;
    }
    return end;
  }

  /// Where the line after begins; the end of the text where there is none.
  int nextLine(int offset) {
    var end = lineEnd(offset);
    return end + (has(end, "\r") && has(end + 1, "\n") ? 2 : has(end, "\r\n") ? 1 : 0);
  }

  /// The break before the beginning of a line; empty before the first.
  String breakBefore(int lineStart) {
    if (!isBreak(lineStart - 1)) {
      return "";
    }
    var two = has(lineStart - 1, "\n") && has(lineStart - 2, "\r");
    return text.slice(lineStart - (two ? 2 : 1), lineStart);
  }

  int skipSpaces(int offset) {
    var end = offset;
    while (isSpace(end)) {
      end++;
    }
    return end;
  }

  /// How many spaces stand before the offset.
  int gapBefore(int offset) {
    var start = offset;
    while (isSpace(start - 1)) {
      start--;
    }
    return offset - start;
  }

  boolean isFirstOnLine(int offset) {
    return skipSpaces(lineStart(offset)) >= offset;
  }

  boolean isCommentLine(int lineStart) {
    return has(skipSpaces(lineStart), "#");
  }

  boolean hasComment(int from, int to) {
    return text.slice(from, to).indexOf('#') >= 0;
  }

  /// Where the value after a key begins at the earliest: after its colon. The end of a key that has
  /// none, which there is in braces.
  int afterColon(Node.Pair pair) {
    var key = pair.key().span().end();
    var colon = skipSpaces(key);
    return has(colon, ":") ? colon + 1 : key;
  }

  /// Whether nothing but a comment follows on the line.
  boolean hasCommentAfter(int offset) {
    return has(skipSpaces(offset), "#");
  }

  /// Where what is written of a node ends: a block of text ends before its last line's break.
  int end(Node node) {
    var end = node.span().end();
    while (end > node.span().start() && has(end - 1, " \t\r\n")) {
      end--;
    }
    return end;
  }

  /// Where the line after a node's last begins, its comment included.
  int afterLines(Node node) {
    var end = node.span().end();
    return keepsBlankLines(node) && isBreak(end - 1) ? end : nextLine(end(node));
  }

  /// Whether the node ends with a text such as `|+`, to which the empty lines below belong.
  private boolean keepsBlankLines(Node node) {
    return switch (node) {
      case Node.Scalar(var span, _, _, var plain) when !plain && has(span.start(), "|>") ->
          text.slice(span.start(), Math.min(span.start() + 3, lineEnd(span.start()))).contains("+");
      case Node.Mapping(_, var pairs, var flow) when !flow && !pairs.isEmpty() ->
          keepsBlankLines(pairs.getLast().value());
      case Node.Sequence(_, var items, var flow) when !flow && !items.isEmpty() ->
          keepsBlankLines(items.getLast());
      case Node.Scalar _, Node.Mapping _, Node.Sequence _, Node.Refused _ -> false;
    };
  }
}
