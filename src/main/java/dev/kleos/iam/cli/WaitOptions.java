package dev.kleos.iam.cli;

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
      description = "Wait until it is seen to work, for 10m or so long at most.")
  private @Nullable Duration wait;

  /// How long at most; empty where nobody waits.
  Optional<Duration> time() {
    return Optional.ofNullable(wait);
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
