package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.PlanEditor.NewEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Adds an entry at the end of the users of an account or the invokers of a service, with the keys
/// above it that are not there yet.
final class EntryAddition {
  /// What a new key is put before, where the file has it.
  private static final Set<String> COME_LATER =
      Set.of("bindings", "services", "projectPolicy", "expectedProjectNumber");

  private final Layout layout;
  private final NewEntry entry;
  private final Indentation indentation;
  private final Splices splices;

  private EntryAddition(PlanTree tree, NewEntry entry) {
    this.layout = tree.layout();
    this.entry = entry;
    this.indentation = new Indentation(layout, tree.root());
    this.splices = new Splices(layout);
  }

  static SourceText edit(PlanTree tree, Resource resource, NewEntry entry) {
    var addition = new EntryAddition(tree, entry);
    var block = tree.blocks(resource).stream().findFirst().map(pair -> pair.key().text());
    addition.descend(
        tree.root(),
        switch (resource) {
          case Resource.Account account ->
              List.of(
                  PlanTree.ACCOUNTS,
                  block.orElseGet(() -> tree.names().keyFor(account)),
                  PlanTree.USERS);
          case Resource.Service _ ->
              List.of(PlanTree.SERVICES, block.orElseThrow(), PlanTree.INVOKERS);
          case Resource.Project _ -> throw new IllegalArgumentException("a project has no users");
        });
    return addition.splices.apply();
  }

  private void descend(Node.Mapping mapping, List<String> path) {
    var found = mapping.pair(path.getFirst());
    if (found.isEmpty()) {
      addKey(mapping, path);
      return;
    }
    var rest = path.subList(1, path.size());
    switch (found.get().value()) {
      case Node.Mapping below -> descend(below, rest);
      case Node.Sequence list -> addTo(list, mapping);
      case Node.Scalar nothing -> fill(mapping, found.get(), nothing, rest);
      case Node.Refused _ -> throw new IllegalStateException("an error was overlooked");
    }
  }

  private void addTo(Node.Sequence list, Node.Mapping body) {
    var style = new EntryStyle(layout, list.items());
    if (list.flow()) {
      FlowItems.of(list, layout, splices).append(style.flow(entry, true), body.flow());
      return;
    }
    var last = list.items().getLast();
    var dash = layout.column(list.span().start());
    var start = last.span().start();
    var gap = start - layout.lineStart(start) - dash - 1;
    var ownLine = layout.isFirstOnLine(start);
    splices.insertLines(layout.afterLines(last), item(style, dash, ownLine || gap < 1 ? 1 : gap));
  }

  private void addKey(Node.Mapping mapping, List<String> path) {
    if (mapping.flow()) {
      FlowItems.of(mapping, layout, splices).append(flow(keyQuote(mapping), path), false);
      return;
    }
    var column = layout.column(mapping.span().start());
    var lines = new ArrayList<String>();
    var before = Optional.<Node.Pair>empty();
    var isAccountKey = path.size() == 2; // accounts stand in no order
    for (var pair : mapping.pairs()) {
      if (COME_LATER.contains(pair.key().text()) && !isAccountKey) {
        break;
      }
      before = Optional.of(pair);
    }
    if (path.getFirst().equals(PlanTree.ACCOUNTS)) {
      lines.add("");
    }
    lines.addAll(block(column, path));
    splices.insertLines(
        before
            .map(pair -> layout.afterLines(pair.value()))
            .orElseGet(() -> aboveComments(layout.lineStart(mapping.span().start()))),
        lines);
  }

  /// Gives a key that has no value its first.
  private void fill(Node.Mapping mapping, Node.Pair key, Node.Scalar nothing, List<String> path) {
    var colon = layout.afterColon(key);
    var explicit = !nothing.text().isEmpty();
    if (mapping.flow()) {
      var text = flow(keyQuote(mapping), path);
      var mark = layout.has(colon - 1, ":") ? " " : ": ";
      splices.replace(colon, nothing.span().end(), mark + (path.isEmpty() ? text : braced(text)));
      return;
    }
    if (explicit) {
      splices.cut(colon, nothing.span().end());
    }
    var column = layout.column(key.key().span().start());
    var below = layout.nextLine(nothing.span().end());
    var at = belowComments(below, column);
    if (path.isEmpty()) {
      var known = explicit || at > below || layout.hasCommentAfter(colon);
      var dash = known ? indentation.dash(null) : indentation.unusualDash();
      splices.insertLines(at, item(new EntryStyle(layout, List.of()), column + dash, 1));
    } else {
      splices.insertLines(at, block(column + indentation.step(), path));
    }
  }

  private List<String> block(int column, List<String> path) {
    var lines = new ArrayList<String>();
    var at = column;
    for (var key : path) {
      lines.add(" ".repeat(at) + key + ":");
      at += indentation.step();
    }
    var dash = at - indentation.step() + indentation.dash(null);
    lines.addAll(item(new EntryStyle(layout, List.of()), dash, 1));
    return lines;
  }

  private List<String> item(EntryStyle style, int dash, int gap) {
    var lines = new ArrayList<String>();
    var lead = " ".repeat(dash) + "-" + " ".repeat(gap);
    for (var line : style.lines(entry)) {
      lines.add(lead + line);
      lead = " ".repeat(dash + 1 + gap);
    }
    return lines;
  }

  /// The keys with the entry, for braces that are there already.
  private String flow(String quote, List<String> path) {
    if (path.isEmpty()) {
      return "[" + new EntryStyle(layout, List.of()).flow(entry, true) + "]";
    }
    var below = flow(quote, path.subList(1, path.size()));
    var key = quote + path.getFirst() + quote + ": ";
    return key + (path.size() == 1 ? below : braced(below));
  }

  private static String braced(String pair) {
    return "{" + pair + "}";
  }

  private String keyQuote(Node.Mapping mapping) {
    return mapping.pairs().isEmpty()
        ? ""
        : ScalarText.quoteOf(mapping.pairs().getLast().key(), layout);
  }

  /// Past the comment lines that are indented deeper than the key above them, and so are its own.
  private int belowComments(int lineStart, int column) {
    var at = lineStart;
    while (layout.isCommentLine(at) && layout.skipSpaces(at) - at > column) {
      at = layout.nextLine(at);
    }
    return at;
  }

  /// Before the comment lines that belong to the key below them.
  private int aboveComments(int lineStart) {
    var at = lineStart;
    while (at > 0 && layout.isCommentLine(layout.lineStart(at - 1))) {
      at = layout.lineStart(at - 1);
    }
    return at;
  }
}
