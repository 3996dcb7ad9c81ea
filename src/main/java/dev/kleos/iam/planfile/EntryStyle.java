package dev.kleos.iam.planfile;

import dev.kleos.iam.planfile.PlanEditor.NewEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Writes an entry as its neighbours are written.
///
/// @param items the neighbours, in the file's order
record EntryStyle(Layout layout, List<Node> items) {
  static final String PRINCIPAL = "principal";
  static final String UNTIL = "until";
  static final String REASON = "reason";

  /// Whether the entry needs keys, or all its neighbours have them.
  boolean isMapping(NewEntry entry) {
    return entry.until() != null || entry.reason() != null || hasOnlyMappings();
  }

  boolean hasOnlyMappings() {
    return items.size() > 1 && mappings().count() == items.size();
  }

  /// The lines of an entry in a list of dashes, without dash and indentation.
  List<String> lines(NewEntry entry) {
    if (!isMapping(entry) || lastMapping().filter(Node.Mapping::flow).isPresent()) {
      return List.of(flow(entry, false));
    }
    return pairs(entry, false);
  }

  /// The entry on one line.
  ///
  /// @param inFlow whether it will stand in brackets
  String flow(NewEntry entry, boolean inFlow) {
    if (!isMapping(entry)) {
      return ScalarText.of(entry.principal(), quote(PRINCIPAL), inFlow);
    }
    return opening() + String.join(", ", pairs(entry, true)) + closing();
  }

  /// A brace, and a space where the last neighbour has one.
  String opening() {
    return "{" + padding();
  }

  String closing() {
    return padding() + "}";
  }

  /// One key with its value.
  String pair(String key, String value, boolean inFlow) {
    return key(key) + ": " + ScalarText.of(value, quote(key), inFlow);
  }

  /// A key, in quotes where its neighbours' keys have them.
  String key(String name) {
    var quote =
        lastMapping()
            .map(Node.Mapping::pairs)
            .filter(pairs -> !pairs.isEmpty())
            .map(pairs -> ScalarText.quoteOf(pairs.getLast().key(), layout))
            .orElse("");
    return quote + name + quote;
  }

  private List<String> pairs(NewEntry entry, boolean inFlow) {
    var pairs = new ArrayList<String>(3);
    pairs.add(pair(PRINCIPAL, entry.principal(), inFlow));
    if (entry.until() != null) {
      pairs.add(pair(UNTIL, entry.until(), inFlow));
    }
    if (entry.reason() != null) {
      pairs.add(pair(REASON, entry.reason(), inFlow));
    }
    return pairs;
  }

  private String quote(String key) {
    return items.reversed().stream()
        .flatMap(item -> value(item, key).stream())
        .findFirst()
        .map(scalar -> ScalarText.quoteOf(scalar, layout))
        .orElse("");
  }

  private static Optional<Node.Scalar> value(Node item, String key) {
    return switch (item) {
      case Node.Scalar scalar when key.equals(PRINCIPAL) -> Optional.of(scalar);
      case Node.Mapping mapping ->
          mapping.pair(key).map(Node.Pair::value).map(v -> v instanceof Node.Scalar s ? s : null);
      case Node.Scalar _, Node.Sequence _, Node.Refused _ -> Optional.empty();
    };
  }

  private String padding() {
    return lastMapping()
        .filter(last -> last.flow() && layout.isSpace(last.span().start() + 1))
        .map(_ -> " ")
        .orElse("");
  }

  private Optional<Node.Mapping> lastMapping() {
    return mappings().reduce((_, later) -> later);
  }

  private Stream<Node.Mapping> mappings() {
    return items.stream().filter(Node.Mapping.class::isInstance).map(Node.Mapping.class::cast);
  }
}
