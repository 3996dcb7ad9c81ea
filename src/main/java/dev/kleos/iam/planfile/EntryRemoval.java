package dev.kleos.iam.planfile;

import dev.kleos.iam.planfile.PlanTree.EntryList;
import dev.kleos.iam.planfile.PlanTree.Place;

/// Takes one entry out of its list, and with the last of them the list, as far as adding it would
/// have brought the list along.
final class EntryRemoval {
  private final PlanTree tree;
  private final Layout layout;
  private final EntryList list;
  private final Splices splices;

  private EntryRemoval(PlanTree tree, EntryList list) {
    this.tree = tree;
    this.layout = tree.layout();
    this.list = list;
    this.splices = new Splices(layout);
  }

  static SourceText edit(Place place) {
    var removal = new EntryRemoval(place.tree(), place.list());
    if (place.list().list().flow()) {
      removal.removeFromBrackets(place.index());
    } else {
      removal.removeLines(place.index());
    }
    return removal.splices.apply();
  }

  private void removeFromBrackets(int index) {
    var items = FlowItems.of(list.list(), layout, splices);
    var marked = list.block() != null && list.body().flow();
    if (marked && list.items().size() == 1 && items.isUnmarked()) {
      var key = list.body().pairs().indexOf(list.pair());
      FlowItems.of(list.body(), layout, splices).remove(key, false);
    } else {
      items.remove(index, marked);
    }
  }

  private void removeLines(int index) {
    var from = layout.lineStart(dash(index));
    var to = layout.afterLines(list.items().get(index));
    var colon = layout.afterColon(list.pair());
    if (list.items().size() > 1) {
      splices.cutLines(from, to);
    } else if (list.block() == null) {
      splices.insert(colon, " []");
      splices.cutLines(from, to);
    } else if (keepsKey(colon, from, to)) {
      splices.cutLines(from, to);
    } else if (layout.nextLine(colon) == from) {
      splices.cutLines(layout.lineStart(colon), to);
    } else {
      splices.cutLines(layout.lineStart(colon), layout.nextLine(colon));
      splices.cutLines(from, to);
    }
  }

  /// Whether the key stays without a value: it has a comment, or the dash stands where it does only
  /// under a key that was there before.
  private boolean keepsKey(int colon, int from, int to) {
    var key = list.pair().key().span().start();
    var offset = layout.column(list.list().span().start()) - layout.column(key);
    return layout.hasComment(colon, from)
        || wouldBeSwallowed(to)
        || offset != new Indentation(layout, tree.root()).dash(list.pair());
  }

  /// Whether what follows is a comment only as long as the key stands between it and a text of
  /// several lines.
  private boolean wouldBeSwallowed(int to) {
    var pairs = list.body().pairs();
    var index = pairs.indexOf(list.pair());
    var next = to;
    while (next < layout.length() && layout.isBreak(layout.skipSpaces(next))) {
      next = layout.nextLine(next);
    }
    return index > 0
        && layout.has(pairs.get(index - 1).value().span().start(), "|>")
        && layout.isCommentLine(next)
        && layout.skipSpaces(next) - next > layout.column(list.pair().key().span().start());
  }

  private int dash(int index) {
    if (index == 0) {
      return list.list().span().start();
    }
    var at = layout.end(list.items().get(index - 1));
    while (!layout.has(at, "-")) {
      at = layout.has(at, "#") ? layout.nextLine(at) : at + 1;
    }
    return at;
  }
}
