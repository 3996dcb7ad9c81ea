package dev.kleos.iam.cli;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Outcome;
import java.util.List;

/// What a command's exit code says; the same for every command.
public final class ExitCode {
  /// Done, or in sync.
  public static final int DONE = 0;

  /// Failed, also in part, also when something could not be read.
  public static final int FAILED = 1;

  /// There are differences: `drift`, and `plan --detailed-exitcode`.
  public static final int DIFFERENCES = 2;

  /// Refused by a guard, or not confirmed.
  public static final int REFUSED = 3;

  /// A conflict outlasted the deadline, a plan file was changed in between, or saved changes are
  /// stale.
  public static final int CONFLICT = 4;

  /// The command line is wrong, or there is no plan file.
  public static final int USAGE = 64;

  /// The plan file is invalid, or the file of saved changes.
  public static final int INVALID_PLAN = 65;

  /// Interrupted.
  public static final int INTERRUPTED = 130;

  private ExitCode() {}

  /// What became of some changes, in one code.
  static int of(List<AppliedChange> applied) {
    var contended = false;
    var stopped = false;
    for (var step : applied) {
      switch (step.outcome()) {
        case Outcome.Applied _, Outcome.AlreadyInEffect _ -> {}
        case Outcome.Contended _ -> contended = true;
        case Outcome.Stopped _ -> stopped = true;
        case Outcome.Failed _, Outcome.Skipped _, Outcome.Rewritten _, Outcome.Partly _ -> {
          return FAILED;
        }
      }
    }
    if (stopped) {
      return INTERRUPTED;
    }
    return contended ? CONFLICT : DONE;
  }
}
