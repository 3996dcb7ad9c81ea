package dev.kleos.iam.planfile;

import dev.kleos.iam.model.DesiredState;
import java.util.List;

/// Plan files, understood: what they ask for, where, and what is wrong with them.
///
/// @param desired empty where a problem is an error
public record CompiledPlan(DesiredState desired, Origins origins, List<Problem> problems) {
  public CompiledPlan {
    problems = List.copyOf(problems);
  }

  /// Whether the plan can be acted on: no problem is an error.
  public boolean isValid() {
    return problems.stream().noneMatch(p -> p.severity() == Problem.Severity.ERROR);
  }
}
