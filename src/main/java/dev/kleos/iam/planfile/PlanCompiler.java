package dev.kleos.iam.planfile;

import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// From plan files to desired state: reads each file, finds its project, joins the files of each
/// project.
public final class PlanCompiler {
  private static final DesiredState NOTHING = new DesiredState(List.of(), List.of(), Map.of());

  private PlanCompiler() {}

  /// What the files ask for, where, and everything that is wrong with them.
  ///
  /// @param now the moment against which an entry has ended or not
  /// @throws PlanUsageException where the files and the settings disagree about the project, or the
  ///   files about it among themselves without `--all-projects`
  public static CompiledPlan compile(List<PlanSource> sources, Settings settings, Instant now) {
    var problems = new Problems();
    var documents =
        sources.stream().flatMap(source -> PlanReader.read(source, problems).stream()).toList();
    var complete = documents.size() == sources.size();

    var accounts = new ArrayList<ServiceAccount>();
    var policies = new ArrayList<DesiredPolicy>();
    var numbers = new LinkedHashMap<String, String>();
    var keys = new ResourceKeys(problems);
    var assignments = new LinkedHashMap<Resource, Map<Grant.Assignment, Origin>>();
    var entries = new ArrayList<PlanEntry>();
    var projects = new LinkedHashMap<String, String>();
    new ProjectChoice(settings, problems)
        .byProject(documents)
        .forEach((projectId, ofProject) -> {
          var project = new ProjectCompiler(projectId, ofProject, complete, now, keys, problems);
          accounts.addAll(project.accounts());
          policies.addAll(project.policies());
          project.projectNumber().ifPresent(number -> numbers.put(projectId, number));
          assignments.putAll(project.assignmentOrigins());
          entries.addAll(project.entries());
          ofProject.forEach(document -> projects.put(document.file(), projectId));
        });
    var compiled =
        new CompiledPlan(
            new DesiredState(accounts, policies, numbers),
            new Origins(projects, keys.all(), assignments, entries),
            problems.inOrder(sources.stream().map(PlanSource::name).toList()));
    return compiled.isValid()
        ? compiled
        : new CompiledPlan(NOTHING, compiled.origins(), compiled.problems());
  }
}
