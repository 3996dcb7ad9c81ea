package dev.kleos.iam.planfile;

import static dev.kleos.iam.planfile.Wording.quote;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The keys of one mapping, read by the type that each should have. A key without a value reads as
/// if it were not there.
final class Fields {
  private final Node node;
  private final String what;
  private final Map<String, Node.Pair> pairs = new LinkedHashMap<>();
  private final Problems problems;
  private final Values values;

  /// @param what how messages call the mapping, e.g. `an entry`
  /// @param known the keys that mean something here
  Fields(Node node, String what, List<String> known, Problems problems) {
    this.node = node;
    this.what = what;
    this.problems = problems;
    this.values = new Values(problems);
    for (var pair : pairsOf(node, what)) {
      var key = pair.key().text();
      if (known.contains(key)) {
        pairs.put(key, pair);
      } else {
        problems.add(
            ProblemCode.UNKNOWN_KEY,
            pair.key().span(),
            "unknown key " + quote(key) + " in " + what,
            () -> Wording.nearest(key, known, "; it takes " + Wording.oneOf(known)));
      }
    }
  }

  boolean has(String key) {
    return pairs.containsKey(key);
  }

  Node.@Nullable Pair pair(String key) {
    return pairs.get(key);
  }

  @Nullable Node node(String key) {
    var pair = pairs.get(key);
    return pair == null || Values.isNull(pair.value()) ? null : pair.value();
  }

  /// The node of a key that must be there with a value.
  @Nullable Node required(String key, String example) {
    var found = node(key);
    if (found == null && !(node instanceof Node.Refused)) {
      var pair = pairs.get(key);
      missing(pair == null ? node.span() : pair.key().span(), key, example);
    }
    return found;
  }

  /// A text that must be there, and not be blank.
  @Nullable Located<String> requiredText(String key, String example) {
    var found = required(key, example);
    var text = found == null ? null : values.text(found);
    if (text != null && text.value().isBlank()) {
      missing(text.span(), key, example);
      return null;
    }
    return text;
  }

  @Nullable Located<String> text(String key) {
    var found = node(key);
    return found == null ? null : values.text(found);
  }

  /// A text that means something more; null where it is not there or not well formed.
  <T> @Nullable Located<T> parsed(String key, Function<String, Parsed<T>> syntax) {
    var text = text(key);
    return text == null ? null : values.parse(text, syntax);
  }

  /// One of a few words.
  <T> @Nullable Located<T> choice(String key, SortedMap<String, T> choices) {
    return parsed(key, text -> choose(key, text, choices));
  }

  List<Node> items(String key) {
    return switch (node(key)) {
      case null -> List.of();
      case Node.Sequence list -> list.items();
      case Node other -> {
        values.wrongType(other, "a list", "; put \"- \" before each item");
        yield List.of();
      }
    };
  }

  List<Node.Pair> pairs(String key) {
    var found = node(key);
    return found == null ? List.of() : pairsOf(found, quote(key));
  }

  private void missing(Span span, String key, String example) {
    problems.add(
        ProblemCode.MISSING_KEY, span, what + " needs " + quote(key) + ", e.g. " + example);
  }

  private List<Node.Pair> pairsOf(Node value, String name) {
    if (value instanceof Node.Mapping mapping) {
      return mapping.pairs();
    }
    if (!Values.isNull(value)) {
      values.wrongType(value, "a mapping", "; " + name + " takes lines of \"key: value\"");
    }
    return List.of();
  }

  private static <T> Parsed<T> choose(String key, String text, SortedMap<String, T> choices) {
    var choice = choices.get(text);
    var names = List.copyOf(choices.keySet());
    return choice != null
        ? new Parsed.Good<>(choice)
        : new Parsed.Bad<>(
            ProblemCode.CHOICE,
            quote(text)
                + " is not a choice for "
                + quote(key)
                + Wording.nearest(text, names, "; it takes " + Wording.oneOf(names)));
  }
}
