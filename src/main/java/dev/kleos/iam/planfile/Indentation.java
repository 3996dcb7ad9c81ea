package dev.kleos.iam.planfile;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// How far a file indents: a mapping under its key, and the dashes of a list under theirs.
record Indentation(Layout layout, Node.Mapping root) {
  private static final int USUAL = 2;

  /// From a key to the keys below it.
  int step() {
    return below(root, Node.Mapping.class, null).orElse(USUAL);
  }

  /// From a key to the dashes below it.
  ///
  /// @param except the key of a list that does not count; null for none
  int dash(Node.@Nullable Pair except) {
    return below(root, Node.Sequence.class, except).orElse(USUAL);
  }

  /// The dashes of the first item under a key that stood there without any: unlike the file's
  /// others, so that whoever takes the item out again knows to leave the key.
  int unusualDash() {
    return dash(null) == 0 ? USUAL : 0;
  }

  /// The file's first example.
  private OptionalInt below(Node node, Class<? extends Node> kind, Node.@Nullable Pair except) {
    return switch (node) {
      case Node.Mapping(_, var pairs, var flow) when !flow -> {
        for (var pair : pairs) {
          var example = pair.equals(except) ? OptionalInt.empty() : example(pair, kind);
          var found = example.isPresent() ? example : below(pair.value(), kind, except);
          if (found.isPresent()) {
            yield found;
          }
        }
        yield OptionalInt.empty();
      }
      case Node.Sequence(_, var items, var flow) when !flow ->
          items.stream()
              .map(item -> below(item, kind, except))
              .filter(OptionalInt::isPresent)
              .findFirst()
              .orElse(OptionalInt.empty());
      case Node.Mapping _, Node.Sequence _, Node.Scalar _, Node.Refused _ -> OptionalInt.empty();
    };
  }

  private OptionalInt example(Node.Pair pair, Class<? extends Node> kind) {
    var isBlock =
        switch (pair.value()) {
          case Node.Mapping mapping -> !mapping.flow();
          case Node.Sequence list -> !list.flow();
          case Node.Scalar _, Node.Refused _ -> false;
        };
    return isBlock && kind.isInstance(pair.value())
        ? OptionalInt.of(
            layout.column(pair.value().span().start()) - layout.column(pair.key().span().start()))
        : OptionalInt.empty();
  }
}
