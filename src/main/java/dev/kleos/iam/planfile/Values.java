package dev.kleos.iam.planfile;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads single values by the type that they should have. What is not as it should be is a problem,
/// and reads as if it were not there.
record Values(Problems problems) {
  /// Whether a key stands there without a value, which means the same as no key at all.
  static boolean isNull(Node node) {
    return node instanceof Node.Scalar scalar && scalar.type() == ScalarType.NULL;
  }

  @Nullable Located<String> text(Node node) {
    if (node instanceof Node.Scalar(var span, var text, var type, _) && type == ScalarType.TEXT) {
      return new Located<>(text, span);
    }
    wrongType(node, "a text", node instanceof Node.Scalar ? "; put it in quotes" : "");
    return null;
  }

  /// The value that a text stands for; null where it is not well formed.
  <T> @Nullable Located<T> parse(Located<String> text, Function<String, Parsed<T>> syntax) {
    return switch (syntax.apply(text.value())) {
      case Parsed.Good<T>(var value) -> new Located<>(value, text.span());
      case Parsed.Bad<T>(var code, var message) -> {
        problems.add(code, text.span(), message);
        yield null;
      }
    };
  }

  void wrongType(Node node, String expected, String advice) {
    if (!(node instanceof Node.Refused)) {
      problems.add(
          ProblemCode.WRONG_TYPE,
          node.span(),
          "expected " + expected + ", found " + node.kind() + advice);
    }
  }
}
