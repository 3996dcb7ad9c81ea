package dev.kleos.iam.planfile;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Puts what the YAML engine says into words for people who write plans, not parsers.
final class SyntaxErrors {
  private SyntaxErrors() {}

  static void report(YamlEngineException error, SourceText text, Problems problems) {
    if (!(error instanceof MarkedYamlEngineException marked)) {
      problems.add(
          ProblemCode.YAML_SYNTAX,
          Span.startOf(text.file()),
          "the YAML cannot be read: " + Wording.quote(firstLine(error.getMessage())));
      return;
    }
    var offset = marked.getProblemMark().or(marked::getContextMark).map(Mark::getIndex).orElse(0);
    var span = text.span(offset, offset + 1);
    var tab = tabBefore(span, text);
    if (tab >= 0) {
      problems.add(
          ProblemCode.TAB_INDENTATION,
          text.span(tab, tab + 1),
          "a tab in the indentation; YAML takes spaces only");
      return;
    }
    var opened = marked.getContextMark().map(mark -> text.span(mark.getIndex(), 0).line());
    problems.add(ProblemCode.YAML_SYNTAX, span, message(marked, opened.orElse(span.line()), span));
  }

  private static String message(MarkedYamlEngineException error, int opened, Span span) {
    var problem = firstLine(error.getProblem());
    var context = firstLine(error.getContext());
    if (problem.contains("mapping values are not allowed")) {
      return "a \":\" is not allowed here; quote the value, or check the indentation";
    }
    if (problem.contains("could not find expected ':'")) {
      return "this is no \"key: value\"; check the colon, the space after it and the indentation";
    }
    if (problem.contains("unexpected end of stream") && context.contains("quoted scalar")) {
      return "the quote that opens on line " + opened + " is never closed";
    }
    if (context.contains("flow sequence")) {
      return "the list that opens on line " + opened + " needs a \",\" or \"]\" here";
    }
    if (context.contains("flow mapping")) {
      return "the mapping that opens on line " + opened + " needs a \",\" or \"}\" here";
    }
    if (problem.contains("expected <block end>")) {
      return "the indentation does not fit what begins on line " + opened;
    }
    if (problem.contains("cannot start any token")) {
      return "a value cannot begin with this character; quote the value";
    }
    return "malformed YAML: "
        + Wording.quote(problem)
        + (opened == span.line() ? "" : " in what begins on line " + opened);
  }

  /// The offset of a tab in the indentation of the span's line, or -1.
  private static int tabBefore(Span span, SourceText text) {
    for (var i = text.lineStart(span.line()); i < text.length(); i++) {
      var codePoint = text.codePointAt(i);
      if (codePoint == '\t') {
        return i;
      }
      if (codePoint != ' ') {
        return -1;
      }
    }
    return -1;
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }
}
