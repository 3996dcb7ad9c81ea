package dev.kleos.iam.planfile;

import java.util.List;

/// The items of a list in brackets, or the pairs of a mapping in braces: what is put in, taking it
/// out again undoes to the letter.
final class FlowItems {
  private final Layout layout;
  private final Splices splices;
  private final int open;
  private final int close;
  private final List<Stretch> items;

  private FlowItems(Layout layout, Splices splices, Span whole, List<Stretch> items) {
    this.layout = layout;
    this.splices = splices;
    this.open = whole.start();
    this.close = whole.end() - 1;
    this.items = items;
  }

  static FlowItems of(Node.Sequence list, Layout layout, Splices splices) {
    var items =
        list.items().stream()
            .map(item -> new Stretch(item.span().start(), item.span().end()))
            .toList();
    return new FlowItems(layout, splices, list.span(), items);
  }

  static FlowItems of(Node.Mapping mapping, Layout layout, Splices splices) {
    var items =
        mapping.pairs().stream()
            .map(pair -> new Stretch(pair.key().span().start(), pair.value().span().end()))
            .toList();
    return new FlowItems(layout, splices, mapping.span(), items);
  }

  /// Puts an item behind the last, or into empty brackets.
  ///
  /// @param marked whether brackets that were empty get a space on either side, by which [#remove]
  ///   knows them again
  void append(String text, boolean marked) {
    if (items.isEmpty()) {
      insertFirst(text, marked);
    } else {
      insertAfter(items.size() - 1, text);
    }
  }

  /// Puts an item behind another: on a line of its own where that has one, else after the same
  /// comma and space as its neighbours.
  void insertAfter(int index, String text) {
    var item = items.get(index);
    var comma = commaAfter(item);
    if (isAlone(item) && comma <= layout.lineEnd(item.end())) {
      if (comma < 0) {
        splices.insert(item.end(), ",");
      }
      var indentation = " ".repeat(layout.column(item.start()));
      var line = indentation + text + (comma < 0 ? "" : ",");
      splices.insertLines(layout.nextLine(item.end()), List.of(line));
    } else {
      splices.insert(item.end(), separator(index) + text);
    }
  }

  /// Takes an item out. What else stood in the brackets stays.
  ///
  /// @param marked as the first item was put in
  void remove(int index, boolean marked) {
    var item = items.get(index);
    var comma = commaAfter(item);
    if (isAlone(item)) {
      if (comma < 0 && index > 0) {
        cutComma(items.get(index - 1));
      }
      splices.cutLines(layout.lineStart(item.start()), layout.nextLine(item.end()));
    } else if (items.size() == 1) {
      removeOnly(item, comma, marked);
    } else if (index > 0) {
      var before = items.get(index - 1);
      if (!layout.hasComment(before.end(), item.start())) {
        splices.cut(before.end(), item.end());
      } else {
        cutComma(comma < 0 ? before : item);
        splices.cut(item.start(), item.end());
      }
    } else {
      var after = items.get(1);
      var clean = !layout.hasComment(item.end(), after.start());
      splices.cut(item.start(), clean ? after.start() : comma + 1);
    }
  }

  /// Whether the one item's brackets were empty before, with nothing to mark them: then whoever put
  /// it there put the brackets there as well.
  boolean isUnmarked() {
    var only = items.getFirst();
    return !isAlone(only) && !(layout.isSpace(only.start() - 1) && layout.isSpace(close - 1));
  }

  private void insertFirst(String text, boolean marked) {
    if (layout.nextLine(open) <= close) {
      var closing = layout.lineStart(close);
      var last = layout.lineStart(closing - 1);
      var indentation = layout.column(close) + 2;
      if (last > open && layout.isCommentLine(last)) {
        indentation = Math.max(indentation, layout.skipSpaces(last) - last);
      }
      splices.insertLines(closing, List.of(" ".repeat(indentation) + text));
    } else if (marked) {
      splices.insert(close, " " + text + " ");
    } else {
      splices.insert(close, text + (close == open + 1 ? "" : " "));
    }
  }

  private void removeOnly(Stretch item, int comma, boolean marked) {
    var end = comma < 0 ? item.end() : comma + 1;
    var padded = layout.isSpace(item.start() - 1) && layout.isSpace(end);
    splices.cut(item.start() - (padded && marked ? 1 : 0), end + (padded ? 1 : 0));
  }

  private String separator(int index) {
    if (items.size() == 1) {
      return ", ";
    }
    var from = index == items.size() - 1 ? index - 1 : index;
    var between = layout.text().slice(items.get(from).end(), items.get(from + 1).start());
    return between.contains("#") ? ", " : between;
  }

  /// Where the item's comma is; negative where it has none.
  private int commaAfter(Stretch item) {
    var at = item.end();
    while (at < close && !layout.has(at, ",")) {
      at = layout.has(at, "#") ? layout.nextLine(at) : at + 1;
    }
    return at < close ? at : -1;
  }

  private void cutComma(Stretch item) {
    var comma = commaAfter(item);
    splices.cut(comma, comma + 1);
  }

  /// Whether the item has its lines to itself, with its comma and a comment.
  private boolean isAlone(Stretch item) {
    var end = layout.skipSpaces(item.end());
    end = layout.has(end, ",") ? layout.skipSpaces(end + 1) : end;
    return layout.isFirstOnLine(item.start()) && (layout.isBreak(end) || layout.has(end, "#"));
  }

  private record Stretch(int start, int end) {}
}
