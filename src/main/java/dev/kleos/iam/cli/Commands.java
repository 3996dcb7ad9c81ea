package dev.kleos.iam.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// The commands that there are. Of a command line only that one is made which it names: the
/// parser's model of all together takes longer than all else that a command does.
final class Commands {
  /// Those that tell of others.
  private static final Set<String> EXPLAINING = Set.of("help", "__complete");

  private static final Map<String, Maker> MAKERS = makers();

  private Commands() {}

  /// How a command is made.
  private record Maker(Class<?> type, Function<Surroundings, Object> make) {}

  /// The command that a command line names; empty where it names none that there is.
  static Optional<String> named(String... args) {
    return words(args).filter(MAKERS::containsKey).findFirst();
  }

  /// Adds the command that is named; all of them for a command that tells of others. Where
  /// something else stands in its place, or nothing, the others as their name and what they are
  /// for.
  static void add(CommandLine root, Surroundings surroundings, String... args) {
    var named = named(args);
    var isFirst = named.isPresent() && named.equals(words(args).findFirst());
    MAKERS.forEach((name, maker) -> {
      if (named.filter(it -> it.equals(name) || EXPLAINING.contains(it)).isPresent()) {
        root.addSubcommand(name, maker.make().apply(surroundings));
      } else if (!isFirst) {
        root.addSubcommand(name, outline(name, maker.type()));
      }
    });
  }

  private static Stream<String> words(String... args) {
    return Stream.of(args).filter(word -> !word.startsWith("-"));
  }

  /// Adds all of them as they are.
  static void addAll(CommandLine root, Surroundings surroundings) {
    MAKERS.forEach((name, maker) -> root.addSubcommand(name, maker.make().apply(surroundings)));
  }

  private static CommandSpec outline(String name, Class<?> type) {
    var command = type.getAnnotation(Command.class);
    var outline = CommandSpec.create().name(name);
    outline.usageMessage().header(command.header()).hidden(command.hidden());
    return outline;
  }

  private static Map<String, Maker> makers() {
    var makers = new LinkedHashMap<String, Maker>();
    makers.put("init", new Maker(InitCommand.class, InitCommand::new));
    makers.put("plan", new Maker(PlanCommand.class, PlanCommand::new));
    makers.put("apply", new Maker(ApplyCommand.class, ApplyCommand::new));
    makers.put("show", new Maker(ShowCommand.class, ShowCommand::new));
    makers.put("drift", new Maker(DriftCommand.class, DriftCommand::new));
    makers.put("grant", new Maker(GrantCommand.class, GrantCommand::new));
    makers.put("revoke", new Maker(RevokeCommand.class, RevokeCommand::new));
    makers.put("history", new Maker(HistoryCommand.class, HistoryCommand::new));
    makers.put("undo", new Maker(UndoCommand.class, UndoCommand::new));
    makers.put("doctor", new Maker(DoctorCommand.class, DoctorCommand::new));
    makers.put("token", new Maker(TokenCommand.class, TokenCommand::new));
    makers.put("invoke", new Maker(InvokeCommand.class, InvokeCommand::new));
    makers.put("exec", new Maker(ExecCommand.class, ExecCommand::new));
    makers.put("impersonate", new Maker(ImpersonateCommand.class, ImpersonateCommand::new));
    makers.put("validate", new Maker(ValidateCommand.class, ValidateCommand::new));
    makers.put("schema", new Maker(SchemaCommand.class, SchemaCommand::new));
    makers.put("emulator", new Maker(EmulatorCommand.class, EmulatorCommand::new));
    makers.put("completion", new Maker(CompletionCommand.class, CompletionCommand::new));
    makers.put("help", new Maker(HelpCommand.class, _ -> new HelpCommand()));
    makers.put("__complete", new Maker(CompleteCommand.class, CompleteCommand::new));
    return makers;
  }
}
