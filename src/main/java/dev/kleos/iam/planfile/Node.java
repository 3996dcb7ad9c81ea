package dev.kleos.iam.planfile;

import java.util.List;
import java.util.Optional;

/// A plan file's YAML as a tree that knows where everything stands.
///
/// Our own, because the engine's loader resolves aliases and merges, and forgets positions; here
/// each is a problem with a place, and an editor of the file can cut and insert by offset.
sealed interface Node {
  Span span();

  /// What a message calls it: `a list`.
  String kind();

  /// A single value.
  ///
  /// @param text without quotes and escapes
  /// @param plain whether it stands without quotes, and not as a block
  record Scalar(Span span, String text, ScalarType type, boolean plain) implements Node {
    @Override
    public String kind() {
      return type.kind();
    }
  }

  /// A list.
  ///
  /// @param flow whether it is written in brackets
  record Sequence(Span span, List<Node> items, boolean flow) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /// Keys with values.
  ///
  /// @param pairs in the file's order, no key twice
  /// @param flow whether it is written in braces
  record Mapping(Span span, List<Pair> pairs, boolean flow) implements Node {
    public Mapping {
      pairs = List.copyOf(pairs);
    }

    Optional<Pair> pair(String key) {
      return pairs.stream().filter(pair -> pair.key().text().equals(key)).findFirst();
    }

    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /// What a problem was already reported for; nothing is said of it again.
  record Refused(Span span) implements Node {
    @Override
    public String kind() {
      return "nothing usable";
    }
  }

  /// A key and its value.
  record Pair(Scalar key, Node value) {}
}
