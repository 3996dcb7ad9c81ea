package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.PlanCompiler;
import dev.kleos.iam.planfile.PlanSources;
import dev.kleos.iam.planfile.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which plan files a command is about.
final class PlanOptions {
  @Parameters(
      paramLabel = "PLAN",
      arity = "0..*",
      description = "Plan files or folders; by default plans/, else kleos-iam.yaml.")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "PLAN",
      description = "The same as an option; may be repeated.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--project",
      paramLabel = "ID",
      description =
          "The project of plan files that name none; before GCLOUD_PROJECT and"
              + " GOOGLE_CLOUD_PROJECT.")
  private @Nullable String project;

  @Option(names = "--all-projects", description = "Take files of several projects in one run.")
  private boolean allProjects;

  /// The plan files, read and understood.
  ///
  /// @throws dev.kleos.iam.planfile.NoPlanException where there is none
  /// @throws dev.kleos.iam.planfile.PlanUsageException where the files and the options disagree
  CompiledPlan compile(Surroundings surroundings) {
    var names = Stream.concat(arguments.stream(), files.stream()).toList();
    var env = surroundings.env();
    var fallback =
        Stream.of("GCLOUD_PROJECT", "GOOGLE_CLOUD_PROJECT")
            .map(name -> env.getOrDefault(name, ""))
            .filter(value -> !value.isBlank())
            .findFirst()
            .orElse(null);
    return PlanCompiler.compile(
        PlanSources.find(surroundings.directory(), names),
        new Settings(project, fallback, allProjects),
        surroundings.clock().instant());
  }
}
