package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planfile.PrincipalArgument;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// Whether a command waits until what was granted works.
final class WaitOptions {
  /// Grants usually spread within 2 minutes, and can take 7 or more.
  private static final String USUAL = "10m";

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      arity = "0..1",
      fallbackValue = USUAL,
      converter = DurationConverter.class,
      preprocessor = Attached.class,
      description = {
        "Wait until it is seen to work, 10m at most.",
        "Another time stands behind =: --wait=20m."
      })
  private @Nullable Duration wait;

  /// How long at most; empty where nobody waits.
  Optional<Duration> time() {
    return Optional.ofNullable(wait);
  }

  /// Who is meant by a word. A time among them was meant for this option.
  ///
  /// @throws PlanUsageException where it is nobody
  PrincipalArgument principal(String text, CompiledPlan plan) {
    if (wait != null && DurationConverter.isOne(text)) {
      throw new PlanUsageException(
          "\""
              + text
              + "\" is neither an address nor an account of the plan; write --wait="
              + text);
    }
    return PrincipalArgument.parse(text, plan);
  }

  /// Takes a value from behind `=` alone, so that the next word stays what it is: a principal.
  static final class Attached implements IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      if (!"=".equals(info.get("separator"))) {
        args.push(USUAL);
      }
      return false;
    }
  }
}
