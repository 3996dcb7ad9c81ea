package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.PlanTemplate;
import dev.kleos.iam.planfile.PlanTemplate.Blank;
import dev.kleos.iam.report.Screen;
import java.util.EnumMap;
import java.util.Optional;

/// Fills the blanks of a new plan file that the command line leaves: asks at a terminal, and takes
/// what is usual where nobody is there.
final class InitDialogue {
  private final Surroundings surroundings;
  private final InitOptions options;
  private final Screen err;
  private final Answers answers;

  InitDialogue(Surroundings surroundings, InitOptions options, Screen err) {
    this.surroundings = surroundings;
    this.options = options;
    this.err = err;
    this.answers = new Answers(surroundings.in());
  }

  /// The plan with all blanks filled; empty where the answers ended before.
  ///
  /// @throws picocli.CommandLine.ParameterException where nobody is there to say what is missing
  Optional<PlanTemplate> fill() {
    var values = new EnumMap<Blank, String>(Blank.class);
    values.putAll(options.given());
    if (surroundings.terminals().canAsk() && values.size() < Blank.values().length) {
      err.line("Enter alone takes what stands in brackets.");
    }
    for (var blank : Blank.values()) {
      if (!values.containsKey(blank)) {
        var value = surroundings.terminals().canAsk() ? ask(blank) : Optional.of(unasked(blank));
        if (value.isEmpty()) {
          return Optional.empty();
        }
        values.put(blank, value.get());
      }
    }
    return Optional.of(new PlanTemplate(values));
  }

  private String unasked(Blank blank) {
    var usual = usual(blank);
    if (usual.isEmpty()) {
      throw options.wrong("--project is missing, and nobody is at a terminal to be asked for it");
    }
    var problem = blank.problem(usual.get());
    if (problem.isPresent()) {
      throw options.wrong("the project by the environment: " + problem.get());
    }
    return usual.get();
  }

  /// A well-formed answer; empty at the end of the input.
  private Optional<String> ask(Blank blank) {
    var usual = usual(blank).filter(text -> blank.problem(text).isEmpty());
    while (true) {
      err.prompt(question(blank) + usual.map(text -> " [" + text + "]").orElse("") + ": ");
      var line = answers.next();
      if (line.isEmpty()) {
        err.blank();
        return Optional.empty();
      }
      var answer = line.filter(text -> !text.isEmpty()).or(() -> usual).orElse("");
      var problem = blank.problem(answer);
      if (problem.isEmpty()) {
        return Optional.of(answer);
      }
      err.line(problem.get());
    }
  }

  private Optional<String> usual(Blank blank) {
    return blank == Blank.PROJECT ? surroundings.project() : blank.usual();
  }

  private static String question(Blank blank) {
    return switch (blank) {
      case PROJECT -> "Project id (not its number)";
      case ACCOUNT -> "Service account that users act as";
      case SERVICE -> "Cloud Run service that it may call";
      case REGION -> "Region of the service";
    };
  }
}
