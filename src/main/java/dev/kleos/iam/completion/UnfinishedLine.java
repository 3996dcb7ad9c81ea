package dev.kleos.iam.completion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The words before the cursor, and what they leave to be said.
///
/// They are read here rather than by picocli's own `AutoComplete.complete`, which also offers what
/// is hidden and what was said already, describes nothing, and leaves values to lists that know
/// nothing of the rest of the line, such as `-f`.
final class UnfinishedLine {
  private CommandSpec command;
  private final Map<OptionSpec, List<String>> given = new LinkedHashMap<>();
  private final List<String> positionals = new ArrayList<>();
  private boolean onlyPositionals;
  private boolean isLost;
  private @Nullable OptionSpec open;

  /// @param words those before the one at the cursor, without the program's name
  UnfinishedLine(CommandSpec root, List<String> words) {
    command = root;
    words.forEach(this::read);
  }

  CommandSpec command() {
    return command;
  }

  /// Whether a command is named that there is not: nothing is known of what follows.
  boolean isLost() {
    return isLost;
  }

  /// The option whose value is next.
  Optional<OptionSpec> open() {
    return Optional.ofNullable(open);
  }

  /// Whether the next word may be an option.
  boolean takesOptions() {
    return !onlyPositionals;
  }

  /// What was given to the options of this name.
  List<String> values(String option) {
    return given.entrySet().stream()
        .filter(entry -> List.of(entry.getKey().names()).contains(option))
        .flatMap(entry -> entry.getValue().stream())
        .toList();
  }

  List<String> positionals() {
    return positionals;
  }

  /// What the next word is, unless it is an option or a command.
  Optional<PositionalParamSpec> positional() {
    var at = positionals.size();
    return command.positionalParameters().stream()
        .filter(it -> !it.hidden() && it.index().min() <= at)
        .filter(
            it -> it.typeInfo().isMultiValue() ? at <= it.index().max() : at == it.index().min())
        .findFirst();
  }

  /// The options that can still be given.
  List<OptionSpec> options() {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .filter(option -> option.typeInfo().isMultiValue() || !given.containsKey(option))
        .toList();
  }

  /// The option that a word names together with a value: `--file=…`, `-f…`.
  Optional<Attached> attached(String word) {
    if (word.startsWith("--")) {
      var end = word.indexOf('=');
      return end < 0
          ? Optional.empty()
          : valued(word.substring(0, end)).map(it -> new Attached(it, word.substring(0, end + 1)));
    }
    for (var i = 1; i + 1 < word.length(); i++) {
      var option = command.findOption("-" + word.charAt(i));
      if (option == null) {
        return Optional.empty();
      }
      if (option.arity().max() > 0) {
        var value = word.charAt(i + 1) == '=' ? i + 2 : i + 1;
        return Optional.of(new Attached(option, word.substring(0, value)));
      }
    }
    return Optional.empty();
  }

  private void read(String word) {
    if (open != null) {
      give(open, word);
      open = null;
    } else if (onlyPositionals || !word.startsWith("-") || word.equals("-")) {
      place(word);
    } else if (word.equals("--")) {
      onlyPositionals = true;
    } else {
      attached(word)
          .ifPresentOrElse(
              it -> give(it.option(), word.substring(it.prefix().length())), () -> name(word));
    }
  }

  private void place(String word) {
    if (command.subcommands().isEmpty()) {
      positionals.add(word);
      return;
    }
    var next = command.subcommands().get(word);
    if (next == null) {
      isLost = true;
    } else {
      command = next.getCommandSpec();
      given.clear();
    }
  }

  /// One option by its long name, or several by their letters.
  private void name(String word) {
    var names =
        word.startsWith("--")
            ? List.of(word)
            : word.substring(1).chars().mapToObj(letter -> "-" + (char) letter).toList();
    for (var name : names) {
      var option = command.findOption(name);
      if (option != null) {
        given.computeIfAbsent(option, _ -> new ArrayList<>());
        open = option.arity().min() > 0 ? option : null;
      }
    }
  }

  private Optional<OptionSpec> valued(String name) {
    return Optional.ofNullable(command.findOption(name)).filter(it -> it.arity().max() > 0);
  }

  private void give(OptionSpec option, String value) {
    given.computeIfAbsent(option, _ -> new ArrayList<>()).add(value);
  }

  /// An option and the part of the word before its value.
  record Attached(OptionSpec option, String prefix) {}
}
