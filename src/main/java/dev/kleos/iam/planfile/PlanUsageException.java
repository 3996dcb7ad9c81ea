package dev.kleos.iam.planfile;

/// The plan files and the command line do not go together: a disagreement about the project, or
/// several projects in one run. A usage error; the message names both places.
public final class PlanUsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PlanUsageException(String message) {
    super(message);
  }
}
