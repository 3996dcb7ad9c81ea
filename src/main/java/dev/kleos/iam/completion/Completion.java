package dev.kleos.iam.completion;

import dev.kleos.iam.planfile.Settings;
import dev.kleos.iam.planner.Consent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What could stand at the cursor, by what the commands take and the plan files hold. Reads those
/// files and nothing else.
///
/// What a value is, its label in the help says, so that options need nothing of their own for it.
public final class Completion {
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");

  private final Around around;
  private final UnfinishedLine line;

  /// @param words those before the cursor
  Completion(CommandSpec root, Around around, List<String> words) {
    this.around = around;
    this.line = new UnfinishedLine(root, words);
  }

  /// What the word at the cursor could become.
  ///
  /// @param word as far as it is typed
  Answer answer(String word) {
    if (line.isLost()) {
      return Answer.NOTHING;
    }
    if (line.open().isPresent()) {
      return values(line.open().get(), line.values(name(line.open().get())), "", word);
    }
    if (line.takesOptions() && word.startsWith("-")) {
      return word.length() == 2
          ? options(word)
          : line.attached(word)
              .map(it -> {
                var value = word.substring(it.prefix().length());
                return values(it.option(), line.values(name(it.option())), it.prefix(), value);
              })
              .orElseGet(() -> options(word));
    }
    if (!line.command().subcommands().isEmpty()) {
      return new Answer.Words("", word, commands(line.command()));
    }
    var positional = line.positional();
    if (positional.isPresent()) {
      return values(positional.get(), line.positionals(), "", word);
    }
    return word.isEmpty() && line.takesOptions() ? options(word) : Answer.NOTHING;
  }

  private static List<Candidate> commands(CommandSpec command) {
    return command.subcommands().values().stream()
        .map(it -> it.getCommandSpec())
        .filter(it -> !it.usageMessage().hidden())
        .map(it -> Candidate.of(it.name(), brief(it.usageMessage().header())))
        .toList();
  }

  private Answer options(String word) {
    var options =
        line.options().stream()
            .map(option -> new Candidate(names(option), brief(option.description())))
            .toList();
    return new Answer.Words("", word, options);
  }

  /// The values of an argument, one at a time where it takes several with commas between them.
  ///
  /// @param given those that are on the line already
  private Answer values(ArgSpec arg, List<String> given, String prefix, String word) {
    if (isFile(arg) || arg.paramLabel().equals("PROGRAM")) {
      return new Answer.FileName(prefix);
    }
    if (arg.paramLabel().equals("DATA")) {
      return word.startsWith("@") ? new Answer.FileName(prefix + "@") : Answer.NOTHING;
    }
    var taken = new HashSet<>(given);
    var comma = takesSeveral(arg) ? word.lastIndexOf(',') + 1 : 0;
    if (comma > 0) {
      taken.addAll(List.of(word.substring(0, comma).split(",")));
    }
    var values = values(arg).filter(candidate -> candidate.isNew(taken)).toList();
    return new Answer.Words(prefix + word.substring(0, comma), word.substring(comma), values);
  }

  private Stream<Candidate> values(ArgSpec arg) {
    return switch (arg.paramLabel()) {
      case "ACCOUNT", "ACCOUNT[,ACCOUNT...]" -> ofPlan(PlanNames::accounts);
      case "COMMAND" -> commands(line.command().root()).stream();
      case "SERVICE" -> ofPlan(PlanNames::services);
      case "PRINCIPAL" -> ofPlan(this::principals);
      case "ID" -> isCalled(arg, "--project") ? ofPlan(PlanNames::projects) : Stream.empty();
      case "RUN" -> around.runs().get().stream();
      case "METHOD" -> METHODS.stream().map(method -> Candidate.of(method, ""));
      case "WHAT" -> Arrays.stream(Consent.values()).map(it -> Candidate.of(it.spelling(), ""));
      case String label when label.equals(Consent.OWN_ROLE.spelling()) ->
          Stream.of(Candidate.of(label, ""));
      // Elsewhere an enumeration, or what nobody but the user knows: a date, a text.
      default ->
          arg.completionCandidates() == null
              ? Stream.empty()
              : StreamSupport.stream(arg.completionCandidates().spliterator(), false)
                  .map(value -> Candidate.of(value, ""));
    };
  }

  private List<Candidate> principals(PlanNames names) {
    return line.command().name().equals("revoke")
        ? names.holders(
            Stream.of("--account", "--service").flatMap(it -> line.values(it).stream()).toList())
        : names.principals();
  }

  private Stream<Candidate> ofPlan(Function<PlanNames, List<Candidate>> names) {
    var arePlans = line.command().positionalParameters().stream().anyMatch(Completion::isFile);
    var files =
        Stream.concat(
                arePlans ? line.positionals().stream() : Stream.empty(),
                line.values("--file").stream())
            .map(around::expanded)
            .toList();
    var option = line.values("--project").stream().findFirst().orElse(null);
    return PlanNames.read(around.directory(), files, new Settings(option, around.project(), true))
        .stream()
        .flatMap(plan -> names.apply(plan).stream());
  }

  private static boolean isFile(ArgSpec arg) {
    return arg.paramLabel().equals("FILE") || arg.paramLabel().equals("PLAN");
  }

  private static boolean takesSeveral(ArgSpec arg) {
    return !arg.splitRegex().isEmpty() || arg.paramLabel().contains("[,");
  }

  private static boolean isCalled(ArgSpec arg, String name) {
    return arg instanceof OptionSpec option && List.of(option.names()).contains(name);
  }

  private static String name(OptionSpec option) {
    return option.longestName();
  }

  /// The long name first.
  private static List<String> names(OptionSpec option) {
    return Stream.concat(Stream.of(option.longestName()), Stream.of(option.names())).toList();
  }

  /// The first sentence, or what there is of it on the first line.
  private static String brief(String... description) {
    return description.length == 0
        ? ""
        : description[0].replaceAll("([.;:] .*|[.:]$)", "").replace("%%", "%");
  }

  /// What is around the line.
  ///
  /// @param directory where plan files are looked for
  /// @param home what `~` stands for
  /// @param project the one that the environment names; null for none
  /// @param runs those that the journal has, the newest first
  public record Around(
      Path directory,
      Optional<String> home,
      @Nullable String project,
      Supplier<List<Candidate>> runs) {
    /// A file's name without its `~`, which the shell has not replaced yet.
    String expanded(String name) {
      return name.startsWith("~/") ? home.map(it -> it + name.substring(1)).orElse(name) : name;
    }
  }
}
