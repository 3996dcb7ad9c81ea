package dev.kleos.iam.planfile;

import dev.kleos.iam.planfile.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Collects what is wrong, so that a person fixes everything in one go.
///
/// Excerpts and advice are worked out only for what is shown, so a file with a problem on each of
/// its 100,000 lines costs no more than one with a hundred.
final class Problems {
  private static final int SHOWN_PER_FILE = 100;
  private static final Comparator<Draft> BY_POSITION =
      Comparator.<Draft>comparingInt(draft -> draft.span().start())
          .thenComparing(draft -> draft.code());

  private final Map<String, SourceText> texts = new LinkedHashMap<>();
  private final Map<String, List<Draft>> drafts = new LinkedHashMap<>();
  private final Set<Draft.Key> seen = new HashSet<>();

  /// Makes a file's lines known, to be shown beside its problems.
  void open(SourceText text) {
    texts.put(text.file(), text);
  }

  void add(ProblemCode code, Span span, String message) {
    add(code, span, message, () -> "");
  }

  /// Adds a problem, once: the same words at the same place are the same problem.
  ///
  /// @param advice appended to the message; asked for only when the problem is shown
  void add(ProblemCode code, Span span, String message, Supplier<String> advice) {
    var draft = new Draft(code, span, message, advice);
    if (seen.add(draft.key())) {
      drafts.computeIfAbsent(span.file(), _ -> new ArrayList<>()).add(draft);
    }
  }

  /// The problems by file, in the order of the given names, then line and column.
  List<Problem> inOrder(List<String> files) {
    var shown = new ArrayList<Problem>();
    for (var file : files) {
      var all = drafts.getOrDefault(file, List.of()).stream().sorted(BY_POSITION).toList();
      var kept = all.size() <= SHOWN_PER_FILE ? all : all.subList(0, SHOWN_PER_FILE);
      kept.forEach(draft -> shown.add(finish(draft)));
      if (kept.size() < all.size()) {
        shown.add(more(all.subList(kept.size(), all.size())));
      }
    }
    return shown;
  }

  private Problem finish(Draft draft) {
    var text = texts.get(draft.span().file());
    var excerpt = text == null ? new SourceText.Excerpt("", 1, 1) : text.excerpt(draft.span());
    return new Problem(
        draft.code().code(),
        draft.code().severity(),
        draft.span().origin(null),
        draft.message() + draft.advice().get(),
        excerpt.text(),
        excerpt.caret(),
        excerpt.width());
  }

  private static Problem more(List<Draft> hidden) {
    var error = hidden.stream().anyMatch(draft -> draft.code().severity() == Severity.ERROR);
    return new Problem(
        ProblemCode.MORE.code(),
        error ? Severity.ERROR : Severity.WARNING,
        hidden.getFirst().span().origin(null),
        "and " + hidden.size() + " more; fix the first ones, then look again",
        "",
        1,
        1);
  }

  private record Draft(ProblemCode code, Span span, String message, Supplier<String> advice) {
    Key key() {
      return new Key(code, span, message);
    }

    private record Key(ProblemCode code, Span span, String message) {}
  }
}
