package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.NoPlanException;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planfile.PlanSources;
import dev.kleos.iam.planfile.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which plan files a command is about.
final class PlanOptions {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "PLAN",
      description = {
        "A plan file or a folder of them; may be repeated.",
        "By default plans/, else kleos-iam.yaml."
      })
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--project",
      paramLabel = "ID",
      description = {
        "The project of plan files that name none.",
        "It goes before the variables GCLOUD_PROJECT and GOOGLE_CLOUD_PROJECT."
      })
  private @Nullable String project;

  @Option(names = "--all-projects", description = "Take files of several projects in one run.")
  private boolean allProjects;

  /// These options, as they are typed.
  List<String> words() {
    var words = new ArrayList<String>();
    files.forEach(file -> words.addAll(List.of("-f", file)));
    if (project != null) {
      words.addAll(List.of("--project", project));
    }
    if (allProjects) {
      words.add("--all-projects");
    }
    return words;
  }

  /// The project that is named; null where none is.
  @Nullable String project() {
    return project;
  }

  /// The first option that names plan files, as it is typed; empty where none was given.
  Optional<String> option() {
    if (!files.isEmpty()) {
      return Optional.of("-f");
    }
    return allProjects ? Optional.of("--all-projects") : Optional.empty();
  }

  /// The plan files, read.
  ///
  /// @param more plan files and folders that are named otherwise
  /// @throws dev.kleos.iam.planfile.NoPlanException where there is none
  PlanFiles read(Surroundings surroundings, List<String> more) {
    var names = Stream.concat(more.stream(), files.stream()).toList();
    return new PlanFiles(PlanSources.find(surroundings.directory(), names), settings(surroundings));
  }

  /// The same, or none where none was named and there is none: whoever was let in by a plan need
  /// not have it.
  PlanFiles readIfAny(Surroundings surroundings) {
    try {
      return read(surroundings, List.of());
    } catch (NoPlanException e) {
      if (!files.isEmpty()) {
        throw e;
      }
      return PlanFiles.none(settings(surroundings));
    }
  }

  private Settings settings(Surroundings surroundings) {
    return new Settings(project, surroundings.project().orElse(null), allProjects);
  }
}
