package dev.kleos.iam.planfile;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Puts what the YAML engine says into words for people who write plans, not parsers.
final class SyntaxErrors {
  private SyntaxErrors() {}

  /// Adds the one problem that ended the reading of a file.
  static void report(YamlEngineException error, SourceText text, Problems problems) {
    if (!(error instanceof MarkedYamlEngineException marked)) {
      problems.add(
          ProblemCode.YAML_SYNTAX,
          Span.startOf(text.file()),
          "malformed YAML: " + Wording.quote(firstLine(error.getMessage())));
      return;
    }
    var found = marked.getProblemMark().or(marked::getContextMark).map(Mark::getIndex).orElse(0);
    var begun = marked.getContextMark().map(Mark::getIndex).orElse(found);
    var there = text.span(found, found + 1);
    var beginning = text.span(begun, begun + 1);
    var tab = tabInIndentation(there, text);
    if (tab >= 0) {
      problems.add(ProblemCode.TAB_INDENTATION, text.span(tab, tab + 1), NodeReader.NO_TAB);
      return;
    }
    var what = firstLine(marked.getProblem());
    var context = firstLine(marked.getContext());
    if (context.contains("scanning an alias") || context.contains("scanning an anchor")) {
      problems.add(ProblemCode.ANCHOR_OR_ALIAS, beginning, NodeReader.NO_ALIAS);
    } else if (context.contains("scanning a tag") || context.contains("scanning a directive")) {
      problems.add(ProblemCode.TAG_OR_DIRECTIVE, beginning, NodeReader.NO_TAG);
    } else if (context.contains("quoted scalar") && what.contains("end of stream")) {
      problems.add(ProblemCode.YAML_SYNTAX, beginning, "this quote is never closed");
    } else if (what.contains("could not find expected ':'") && begun < found) {
      problems.add(
          ProblemCode.YAML_SYNTAX,
          beginning,
          "no \":\" follows here; write \"key: value\", or check the indentation");
    } else {
      problems.add(
          ProblemCode.YAML_SYNTAX, there, message(what, context, beginning.line(), there.line()));
    }
  }

  private static String message(String what, String context, int begun, int line) {
    if (what.contains("mapping values are not allowed")) {
      return "a \":\" is not allowed here; check the indentation of this line and the line above for"
          + " a missing colon, or quote the value";
    }
    if (what.contains("could not find expected ':'")) {
      return "this is no \"key: value\"; check the colon, the space after it and the indentation";
    }
    if (context.contains("flow sequence")) {
      return "the list that opens on line " + begun + " needs a \",\" or \"]\" here";
    }
    if (context.contains("flow mapping")) {
      return "the mapping that opens on line " + begun + " needs a \",\" or \"}\" here";
    }
    if (what.contains("expected <block end>")) {
      return "the indentation does not fit what begins on line " + begun;
    }
    if (what.contains("cannot start any token")) {
      return "a value cannot begin with this character; quote the value";
    }
    return "malformed YAML: "
        + Wording.quote(what)
        + (begun == line ? "" : " in what begins on line " + begun);
  }

  /// The offset of a tab in the indentation of the span's line, or -1.
  private static int tabInIndentation(Span span, SourceText text) {
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
