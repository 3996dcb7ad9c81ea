package dev.kleos.iam.planfile;

import dev.kleos.iam.planfile.PlanTree.Place;
import java.util.ArrayList;
import java.util.List;

/// Gives an entry another end or reason, a step at a time.
final class EntryChange {
  private final Layout layout;
  private final Place place;
  private final EntryStyle style;
  private final Splices splices;

  private EntryChange(Place place) {
    this.layout = place.tree().layout();
    this.place = place;
    this.style = new EntryStyle(layout, place.list().items());
    this.splices = new Splices(layout);
  }

  /// Turns an entry that is a principal alone into one with keys.
  static SourceText toMapping(Place place) {
    var change = new EntryChange(place);
    if (place.item() instanceof Node.Scalar principal) {
      change.toMapping(principal);
    }
    return change.splices.apply();
  }

  /// Turns an entry whose only key is its principal into the principal alone, unless all its
  /// neighbours have keys.
  static SourceText toScalar(Place place) {
    var change = new EntryChange(place);
    var others = new ArrayList<>(place.list().items());
    others.remove(place.index());
    if (place.item() instanceof Node.Mapping entry
        && entry.pairs().size() == 1
        && !new EntryStyle(change.layout, others).hasOnlyMappings()) {
      var principal = entry.pairs().getFirst().value();
      change.splices.cut(entry.span().start(), principal.span().start());
      change.splices.cut(change.layout.end(principal), change.layout.end(entry));
    }
    return change.splices.apply();
  }

  static SourceText rename(Place place, String name) {
    var change = new EntryChange(place);
    var list = place.list().list();
    switch (place.item()) {
      case Node.Mapping entry ->
          change.replace(
              entry.pair(EntryStyle.PRINCIPAL).orElseThrow(), name, entry.flow() || list.flow());
      case Node item -> change.replace((Node.Scalar) item, name, list.flow());
    }
    return change.splices.apply();
  }

  static SourceText setUntil(Place place, String value) {
    var change = new EntryChange(place);
    change.set(EntryStyle.UNTIL, value, List.of(EntryStyle.PRINCIPAL));
    return change.splices.apply();
  }

  static SourceText setReason(Place place, String value) {
    var change = new EntryChange(place);
    change.set(EntryStyle.REASON, value, List.of(EntryStyle.UNTIL, EntryStyle.PRINCIPAL));
    return change.splices.apply();
  }

  static SourceText removeUntil(Place place) {
    var change = new EntryChange(place);
    var entry = (Node.Mapping) place.item();
    entry.pair(EntryStyle.UNTIL).ifPresent(pair -> change.remove(entry, pair));
    return change.splices.apply();
  }

  private void toMapping(Node.Scalar principal) {
    var flow = place.list().list().flow();
    var key = style.key(EntryStyle.PRINCIPAL) + ": ";
    splices.insert(principal.span().start(), flow ? style.opening() + key : key);
    if (flow) {
      splices.insert(principal.span().end(), style.closing());
    }
  }

  /// @param before the keys that a new one is put behind, the last of them first
  private void set(String key, String value, List<String> before) {
    var entry = (Node.Mapping) place.item();
    var present = entry.pair(key);
    if (present.isPresent()) {
      replace(present.get(), value, entry.flow());
      return;
    }
    var neighbour =
        before.stream().flatMap(name -> entry.pair(name).stream()).findFirst().orElseThrow();
    var text = style.pair(key, value, entry.flow());
    if (entry.flow()) {
      var index = entry.pairs().indexOf(neighbour);
      FlowItems.of(entry, layout, splices).insertAfter(index, text);
    } else {
      var indentation = " ".repeat(layout.column(entry.span().start()));
      splices.insertLines(layout.afterLines(neighbour.value()), List.of(indentation + text));
    }
  }

  private void replace(Node.Pair pair, String value, boolean inFlow) {
    var old = (Node.Scalar) pair.value();
    if (old.span().start() == old.span().end()) {
      var text = ScalarText.of(value, ScalarText.quoteOf(old, layout), inFlow);
      splices.insert(layout.afterColon(pair), " " + text);
    } else {
      replace(old, value, inFlow);
    }
  }

  private void replace(Node.Scalar old, String value, boolean inFlow) {
    var text = ScalarText.of(value, ScalarText.quoteOf(old, layout), inFlow);
    splices.replace(old.span().start(), layout.end(old), text);
  }

  private void remove(Node.Mapping entry, Node.Pair pair) {
    var index = entry.pairs().indexOf(pair);
    var from = pair.key().span().start();
    if (entry.flow()) {
      FlowItems.of(entry, layout, splices).remove(index, false);
    } else if (index > 0 || layout.isFirstOnLine(from)) {
      splices.cutLines(layout.lineStart(from), layout.afterLines(pair.value()));
    } else {
      removeBesideDash(from, layout.end(pair.value()), entry.pairs().get(1).key().span().start());
    }
  }

  /// The next key moves up to the dash, unless a comment or an empty line is between.
  private void removeBesideDash(int from, int end, int next) {
    if (layout.lineStart(next) == layout.nextLine(end)) {
      splices.cut(from, next);
    } else {
      var dash = from - layout.gapBefore(from);
      splices.cut(layout.hasCommentAfter(end) ? from : dash, end);
    }
  }
}
