package dev.kleos.iam.planfile;

import java.time.Instant;
import java.util.List;

/// The plan files of a run as they were read, and how they are to be understood.
public record PlanFiles(List<PlanSource> sources, Settings settings) {
  public PlanFiles {
    sources = List.copyOf(sources);
  }

  /// No plan file, but the project that the settings name: nothing is asked for in it.
  ///
  /// @throws PlanUsageException where they name none
  public static PlanFiles none(Settings settings) {
    if (settings.projectOption() == null && settings.projectDefault() == null) {
      throw new PlanUsageException(
          "there is no plan file here, and nothing says which project; give --project ID, or name a"
              + " plan file with -f");
    }
    return new PlanFiles(List.of(PlanSource.of("no plan file", "version: 1\n")), settings);
  }

  /// What they ask for, and what is wrong with them.
  ///
  /// @throws PlanUsageException where the files and the settings disagree about the project
  public CompiledPlan compile(Instant now) {
    return PlanCompiler.compile(sources, settings, now);
  }

  /// The file of a name.
  ///
  /// @throws IllegalArgumentException where none of that name was read
  public PlanSource.Content content(String name) {
    for (var source : sources) {
      if (source instanceof PlanSource.Content content && content.name().equals(name)) {
        return content;
      }
    }
    throw new IllegalArgumentException(name + " was not read");
  }

  /// The same files, one of them with other content.
  public PlanFiles with(PlanSource.Content edited) {
    return new PlanFiles(
        sources.stream()
            .map(source -> source.name().equals(edited.name()) ? edited : source)
            .toList(),
        settings);
  }
}
