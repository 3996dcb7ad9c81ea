package dev.kleos.iam.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {
  private static final Surroundings SURROUNDINGS =
      Unattended.in(
          Path.of(""),
          new LocalClouds(),
          new PrintStream(OutputStream.nullOutputStream()),
          new PrintStream(OutputStream.nullOutputStream()));

  @ParameterizedTest
  @ValueSource(strings = {"plan", "-v plan -o json", "plan help", "plan --emulater"})
  void ofACommandLine_onlyTheCommandThatItNames_isMade(String line) {
    assertThat(made(line.split(" ")).getSubcommands()).containsOnlyKeys("plan");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "plam", "--version"})
  void whereNoneIsNamed_allAreOutlined(String line) {
    var whole = CommandLines.whole(SURROUNDINGS).getSubcommands();
    var outlined = made(line).getSubcommands();

    assertThat(outlined).containsOnlyKeys(whole.keySet());
    outlined.forEach((name, outline) -> {
      var spec = outline.getCommandSpec();
      var usage = requireNonNull(whole.get(name)).getCommandSpec().usageMessage();
      assertThat(spec.options()).isEmpty();
      assertThat(spec.usageMessage().header()).as(name).isEqualTo(usage.header());
      assertThat(spec.usageMessage().hidden()).as(name).isEqualTo(usage.hidden());
    });
  }

  /// So that the error is about what stands in its place, and knows of all others.
  @Test
  void whereSomethingStandsBeforeTheCommand_theOthersAreOutlined() {
    var made = made("aply", "plan", "--emulator").getSubcommands();

    assertThat(requireNonNull(made.get("plan")).getCommandSpec().options()).isNotEmpty();
    assertThat(requireNonNull(made.get("apply")).getCommandSpec().options()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"help plan", "__complete bash x"})
  void whatTellsOfOthers_hasThemAll(String line) {
    assertThat(
            requireNonNull(made(line.split(" ")).getSubcommands().get("grant"))
                .getCommandSpec()
                .options())
        .isNotEmpty();
  }

  @Test
  void everyCommand_isKnownByItsOwnName() {
    CommandLines.whole(SURROUNDINGS)
        .getSubcommands()
        .forEach((name, line) -> {
          var annotation = line.getCommand().getClass().getAnnotation(CommandLine.Command.class);
          assertThat(annotation.name()).isEqualTo(name);
        });
  }

  private static CommandLine made(String... args) {
    var root = new CommandLine(RootCommand.make());
    Commands.add(root, SURROUNDINGS, args);
    return root;
  }
}
