package dev.kleos.iam.planfile;

/// The command line does not go together with the plan files, or asks for what cannot be meant: a
/// disagreement about the project, an account that is not there. A usage error; the message says
/// what there is instead.
public final class PlanUsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PlanUsageException(String message) {
    super(message);
  }
}
