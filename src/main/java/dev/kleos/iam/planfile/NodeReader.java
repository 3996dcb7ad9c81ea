package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Invisible;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Builds the tree from the engine's events, and refuses what makes YAML hard to review.
final class NodeReader {
  static final String NO_ALIAS =
      "anchors and aliases are not used in plans; write the value out, or quote it if it begins"
          + " with \"&\" or \"*\"";
  static final String NO_TAG =
      "tags are not used in plans; remove it, or quote the value if it begins with \"!\"";

  static final String NO_TAB = "a tab in the indentation; YAML takes spaces only";

  /// The deepest that a plan goes is 8: an entry's text in a binding of an account.
  private static final int DEEPEST = 24;

  private final SourceText text;
  private final Problems problems;
  private final Iterator<Event> events;

  private NodeReader(SourceText text, Problems problems) {
    this.text = text;
    this.problems = problems;
    this.events =
        new Parse(LoadSettings.builder().setLabel(text.file()).build())
            .parseString(text.text())
            .iterator();
  }

  /// The file's one document, or empty where it has none that can be read.
  static Optional<Node> read(SourceText text, Problems problems) {
    try {
      var root = new NodeReader(text, problems).document();
      if (root.isEmpty() || Values.isNull(root.get())) {
        problems.add(
            ProblemCode.EMPTY_FILE,
            Span.startOf(text.file()),
            "the file says nothing; a plan begins with \"version: 1\"");
        return Optional.empty();
      }
      return root;
    } catch (YamlEngineException malformed) {
      SyntaxErrors.report(malformed, text, problems);
      return Optional.empty();
    } catch (TooDeepException tooDeep) {
      problems.add(
          ProblemCode.TOO_DEEP, tooDeep.span, "nested deeper than any plan is; check the brackets");
      return Optional.empty();
    }
  }

  private Optional<Node> document() {
    var root = Optional.<Node>empty();
    while (events.hasNext()) {
      if (events.next() instanceof DocumentStartEvent start) {
        if (root.isPresent()) {
          problems.add(
              ProblemCode.SEVERAL_DOCUMENTS,
              spanOf(start, start),
              "a second YAML document; put it into a file of its own");
          return root;
        }
        if (start.getSpecVersion().isPresent() || !start.getTags().isEmpty()) {
          problems.add(
              ProblemCode.TAG_OR_DIRECTIVE,
              spanOf(start, start),
              "YAML directives are not used in plans; remove the line");
        }
        root = Optional.of(node(events.next(), 1));
      }
    }
    return root;
  }

  private Node node(Event event, int depth) {
    refuse((NodeEvent) event);
    if (depth > DEEPEST) {
      throw new TooDeepException(spanOf(event, event));
    }
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar);
      case SequenceStartEvent start -> sequence(start, depth);
      case MappingStartEvent start -> mapping(start, depth);
      default -> new Node.Refused(spanOf(event, event)); // an alias, and already reported
    };
  }

  private Node scalar(ScalarEvent event) {
    var span = spanOf(event, event);
    var value = event.getValue();
    if (hasUnseen(value, span)) {
      return new Node.Refused(span);
    }
    if (event.isPlain()) {
      refuseTabs(span);
    }
    var type = event.isPlain() ? ScalarType.ofPlain(value) : ScalarType.TEXT;
    return new Node.Scalar(span, value, type, event.isPlain());
  }

  private Node sequence(SequenceStartEvent start, int depth) {
    var items = new ArrayList<Node>();
    var event = events.next();
    while (event instanceof NodeEvent) {
      items.add(node(event, depth + 1));
      event = events.next();
    }
    var last = items.isEmpty() ? null : items.getLast().span();
    return new Node.Sequence(collectionSpan(start, event, last), items, isFlow(start));
  }

  private Node mapping(MappingStartEvent start, int depth) {
    var pairs = new ArrayList<Node.Pair>();
    var lines = new HashMap<String, Span>();
    Span last = null;
    var event = events.next();
    while (event instanceof NodeEvent) {
      var key = node(event, depth + 1);
      var value = node(events.next(), depth + 1);
      last = value.span();
      if (isUsable(key, lines)) {
        pairs.add(new Node.Pair((Node.Scalar) key, value));
      }
      event = events.next();
    }
    return new Node.Mapping(collectionSpan(start, event, last), pairs, isFlow(start));
  }

  private boolean isUsable(Node node, Map<String, Span> lines) {
    if (node instanceof Node.Refused) {
      return false;
    }
    if (!(node instanceof Node.Scalar key)) {
      problems.add(
          ProblemCode.COMPLEX_KEY,
          node.span(),
          "a key is a text; check the brackets and the \"?\"");
      return false;
    }
    if (key.plain() && key.text().equals("<<")) {
      problems.add(
          ProblemCode.MERGE_KEY,
          key.span(),
          "merge keys are not used in plans; write the keys out");
      return false;
    }
    var first = lines.putIfAbsent(key.text(), key.span());
    if (first != null) {
      problems.add(
          ProblemCode.DUPLICATE_KEY,
          key.span(),
          "the key "
              + Wording.quote(key.text())
              + " stands on line "
              + first.line()
              + " already; join the two");
    }
    return first == null;
  }

  private void refuse(NodeEvent event) {
    if (event instanceof AliasEvent || event.getAnchor().isPresent()) {
      problems.add(ProblemCode.ANCHOR_OR_ALIAS, spanOf(event, event), NO_ALIAS);
      return;
    }
    var tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent start -> start.getTag();
          default -> Optional.<String>empty();
        };
    if (tag.isPresent()) {
      problems.add(ProblemCode.TAG_OR_DIRECTIVE, spanOf(event, event), NO_TAG);
    }
  }

  /// A text without quotes swallows the lines that are indented deeper, also where a tab makes them
  /// look like items or keys of their own.
  private void refuseTabs(Span span) {
    var lineBegins = false;
    for (var i = span.start(); i < span.end(); i++) {
      var codePoint = text.codePointAt(i);
      if (codePoint == '\t' && lineBegins) {
        problems.add(ProblemCode.TAB_INDENTATION, text.span(i, i + 1), NO_TAB);
      }
      lineBegins = codePoint == '\n' || codePoint == '\r' || (lineBegins && codePoint == ' ');
    }
  }

  /// Whether a text has a character that cannot be seen. A raw one was reported when the characters
  /// were checked; one that is written as an escape is reported here.
  private boolean hasUnseen(String value, Span span) {
    if (!hasUnseen(value)) {
      return false;
    }
    if (!hasUnseen(text.slice(span.start(), span.end()))) {
      problems.add(
          ProblemCode.HIDDEN_CHARACTER,
          span,
          "the text has an escape for a hidden or control character; remove it");
    }
    return true;
  }

  private static boolean hasUnseen(String value) {
    for (var i = 0; i < value.length(); i = value.offsetByCodePoints(i, 1)) {
      var codePoint = value.codePointAt(i);
      if (Characters.isControl(codePoint) || Invisible.isHidden(codePoint)) {
        return true;
      }
    }
    return false;
  }

  private Span collectionSpan(CollectionStartEvent start, Event end, @Nullable Span last) {
    if (isFlow(start) || last == null) {
      return spanOf(start, end);
    }
    return text.span(offset(start.getStartMark()), last.end());
  }

  private Span spanOf(Event start, Event end) {
    return text.span(offset(start.getStartMark()), offset(end.getEndMark()));
  }

  private static boolean isFlow(CollectionStartEvent start) {
    return start.getFlowStyle() == FlowStyle.FLOW;
  }

  private static int offset(Optional<Mark> mark) {
    return mark.map(Mark::getIndex).orElse(0);
  }

  /// Ends the reading at once: to skip the rest of a file of a million brackets takes the engine
  /// minutes.
  private static final class TooDeepException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Span span;

    TooDeepException(Span span) {
      super(null, null, false, false);
      this.span = span;
    }
  }
}
