package dev.kleos.iam.planfile;

import static dev.kleos.iam.planfile.Wording.quote;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds the project of each file: its own, else `--project`, else the environment's.
final class ProjectChoice {
  /// Stands for a project that nothing tells; such a plan is invalid, and only its other problems
  /// are looked for.
  private static final String UNKNOWN = "-";

  private final Settings settings;
  private final Problems problems;

  ProjectChoice(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  /// The documents by project id. A file whose project cannot be told counts as one of the first
  /// project, so that nothing it shares with others is taken for missing.
  Map<String, List<PlanDocument>> byProject(List<PlanDocument> documents) {
    var chosen = documents.stream().map(this::choose).toList();
    var known = chosen.stream().filter(choice -> !choice.id().equals(UNKNOWN)).toList();
    if (!settings.allProjects()) {
      known.forEach(choice -> refuseOther(known.getFirst(), choice));
    }
    var fallback = known.isEmpty() ? UNKNOWN : known.getFirst().id();
    var byProject = new LinkedHashMap<String, List<PlanDocument>>();
    for (var choice : chosen) {
      var id = choice.id().equals(UNKNOWN) ? fallback : choice.id();
      byProject.computeIfAbsent(id, _ -> new ArrayList<>()).add(choice.document());
    }
    return byProject;
  }

  private Choice choose(PlanDocument document) {
    var own = document.project();
    if (own == null) {
      return chooseFor(document);
    }
    if (own.value().isEmpty()) {
      return new Choice(document, UNKNOWN, "");
    }
    var place = own.span().file() + ":" + own.span().line();
    var option = settings.projectOption();
    if (option != null && !option.equals(own.value())) {
      throw new PlanUsageException(
          "--project says "
              + quote(option)
              + ", but "
              + place
              + " says "
              + quote(own.value())
              + "; leave the option out, or change the file");
    }
    return new Choice(document, own.value(), place);
  }

  private Choice chooseFor(PlanDocument document) {
    if (settings.projectOption() != null) {
      var id = checked(settings.projectOption(), "--project");
      return new Choice(document, id, document.file() + " (by --project)");
    }
    if (settings.projectDefault() != null) {
      var id = checked(settings.projectDefault(), "the environment");
      return new Choice(document, id, document.file() + " (by the environment)");
    }
    problems.add(
        ProblemCode.PROJECT_MISSING,
        Span.startOf(document.file()),
        "nothing says which project; write \"project: ID\", or give --project ID");
    return new Choice(document, UNKNOWN, "");
  }

  private static String checked(String id, String source) {
    if (ResourceSyntax.projectId(id) instanceof Parsed.Bad<String>(_, var message)) {
      throw new PlanUsageException("the project by " + source + ": " + message);
    }
    return id;
  }

  private static void refuseOther(Choice first, Choice other) {
    if (!first.id().equals(other.id())) {
      throw new PlanUsageException(
          first.place()
              + " is for the project "
              + quote(first.id())
              + ", "
              + other.place()
              + " for "
              + quote(other.id())
              + "; name the files of one project, or give --all-projects");
    }
  }

  private record Choice(PlanDocument document, String id, String place) {}
}
