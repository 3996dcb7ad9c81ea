package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Similar;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The command line does not go together with the plan files, or asks for what cannot be meant: a
/// disagreement about the project, an account that is not there. A usage error; the message says
/// what there is instead.
public final class PlanUsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String problem;
  private final @Nullable Slip slip;

  public PlanUsageException(String message) {
    this(message, null, message);
  }

  private PlanUsageException(String problem, @Nullable Slip slip, String message) {
    super(message);
    this.problem = problem;
    this.slip = slip;
  }

  /// What is wrong with a word of the command line, and which one was probably meant.
  public static PlanUsageException suggesting(String problem, String typed, String meant) {
    return new PlanUsageException(
        problem, new Slip(typed, meant), problem + "; did you mean \"" + meant + "\"?");
  }

  /// The same by the nearest of some names; where none is near, with what to do instead.
  public static <T> PlanUsageException nearest(
      String problem,
      String typed,
      Collection<T> known,
      Function<T, String> name,
      String fallback) {
    return Similar.nearest(typed, known, name)
        .map(near -> suggesting(problem, typed, name.apply(near)))
        .orElseGet(() -> new PlanUsageException(problem + fallback));
  }

  /// The message without what was probably meant.
  public String problem() {
    return problem;
  }

  /// The word that was probably meant, where there is one.
  public Optional<Slip> slip() {
    return Optional.ofNullable(slip);
  }

  /// A word as it was typed, and as it was probably meant.
  public record Slip(String typed, String meant) implements java.io.Serializable {}
}
