package dev.kleos.iam.planfile;

import org.jspecify.annotations.Nullable;

/// What the command line and the environment say about the plan files.
///
/// @param projectOption `--project`; fills a gap in a file, and never overrides one
/// @param projectDefault the project of the environment, which `--project` overrides
/// @param allProjects whether files of several projects may be used in one run
public record Settings(
    @Nullable String projectOption, @Nullable String projectDefault, boolean allProjects) {
  /// Nothing said: each file names its own project.
  public static final Settings NONE = new Settings(null, null, false);

  /// An empty project counts as none: that is what an empty variable of the environment means.
  public Settings {
    projectOption = "".equals(projectOption) ? null : projectOption;
    projectDefault = "".equals(projectDefault) ? null : projectDefault;
  }
}
