package dev.kleos.iam.cli;

import dev.kleos.iam.model.Similar;
import dev.kleos.iam.planfile.PlanUsageException.Slip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What was probably meant by a command line, as one to copy.
///
/// @param arguments as they were typed
record DidYouMean(List<String> arguments) {
  /// The line for an error of the parser's; empty where nothing is near.
  Optional<String> of(ParameterException error) {
    return slip(error).map(this::of);
  }

  /// The whole command line with the word that was meant, or the word alone where the typed one
  /// does not stand there as it is.
  String of(Slip slip) {
    var corrected = new ArrayList<>(arguments);
    for (var i = 0; i < corrected.size(); i++) {
      var word = replaced(corrected.get(i), slip);
      if (!word.equals(corrected.get(i))) {
        corrected.set(i, word);
        corrected.addFirst("kleos-iam");
        return "Did you mean: " + CommandText.line(corrected);
      }
    }
    return "Did you mean: " + slip.meant();
  }

  private static Optional<Slip> slip(ParameterException error) {
    var command = error.getCommandLine().getCommandSpec();
    if (error instanceof UnmatchedArgumentException unmatched) {
      var typed = unmatched.getUnmatched().getFirst().replaceFirst("^(--[^=]*)=.*", "$1");
      return unmatched.isUnknownOption()
          ? nearest(typed, options(command))
          : command.parent() == null ? nearest(typed, commands(command)) : Optional.empty();
    }
    var argument = error.getArgSpec();
    return argument == null || error.getValue() == null
        ? Optional.empty()
        : nearest(error.getValue(), values(command, argument));
  }

  private static Optional<Slip> nearest(String typed, Collection<String> known) {
    return Similar.nearest(typed, known, name -> name).map(near -> new Slip(typed, near));
  }

  private static List<String> options(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .map(option -> option.longestName())
        .toList();
  }

  private static Set<String> commands(CommandSpec command) {
    return command.root().subcommands().keySet();
  }

  private static Collection<String> values(CommandSpec command, ArgSpec argument) {
    if (command.helpCommand()) {
      return commands(command);
    }
    var candidates = argument.completionCandidates();
    return candidates == null
        ? List.of()
        : StreamSupport.stream(candidates.spliterator(), false).toList();
  }

  /// The word with what was meant in it: as it is, before or behind `=`, behind a short option, or
  /// as one of several with commas.
  private static String replaced(String word, Slip slip) {
    if (word.equals(slip.typed())) {
      return slip.meant();
    }
    if (word.startsWith(slip.typed() + "=")) {
      return slip.meant() + word.substring(slip.typed().length());
    }
    var equals = word.startsWith("--") ? word.indexOf('=') + 1 : word.startsWith("-") ? 2 : 0;
    var values = Arrays.asList(word.substring(Math.min(equals, word.length())).split(",", -1));
    values.replaceAll(value -> value.equals(slip.typed()) ? slip.meant() : value);
    return word.substring(0, Math.min(equals, word.length())) + String.join(",", values);
  }
}
