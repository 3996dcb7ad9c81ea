package dev.kleos.iam.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.script.Documents.Block;
import dev.kleos.iam.script.ShellAtGoogle.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The commands of a block that is run by a shell, and whether they came to what the block says.
///
/// A block of `console` says all that they print. In a block of `sh` a command may end in a
/// comment: `# → TEXT` (with any words before the arrow) says a part of what it prints, `# → exit
/// 3: TEXT` the exit code as well. It is 0 where nothing else is said.
final class DocumentedCommands {
  private static final Pattern EXPECTED =
      Pattern.compile("(?s).*# [^#→]*→ (?:exit (\\d+)(?:: |$))?(.*?)");

  private final Block block;

  DocumentedCommands(Block block) {
    this.block = block;
  }

  List<String> commands() {
    if (!isTranscript()) {
      return block.commands();
    }
    var commands = new ArrayList<String>();
    Script.parse(block.text()).steps().forEach(step -> commands.add(step.bare()));
    return commands;
  }

  /// The block with what the first commands came to; those after them are left as they are.
  ///
  /// @throws AssertionError where one came to something else than it says behind its arrow
  Block with(List<Outcome> outcomes) {
    if (isTranscript()) {
      return block.with(transcript(outcomes));
    }
    var surprises = new ArrayList<String>();
    for (var i = 0; i < outcomes.size(); i++) {
      var command = block.commands().get(i);
      if (!isAsExpected(command, outcomes.get(i))) {
        surprises.add(command + "\n" + printed(outcomes.get(i)));
      }
    }
    assertThat(surprises).as(block.toString()).isEmpty();
    return block;
  }

  private boolean isTranscript() {
    return block.language().equals("console");
  }

  private String transcript(List<Outcome> outcomes) {
    var script = Script.parse(block.text());
    var outputs = new ArrayList<String>();
    for (var step : script.steps()) {
      var at = outputs.size();
      outputs.add(at < outcomes.size() ? printed(outcomes.get(at)) : step.output());
    }
    return script.with(outputs).stripTrailing() + "\n";
  }

  private static boolean isAsExpected(String command, Outcome outcome) {
    var expected = EXPECTED.matcher(command);
    if (!expected.matches()) {
      return outcome.code() == 0;
    }
    var code = expected.group(1) == null ? 0 : Integer.parseInt(expected.group(1));
    return outcome.code() == code && outcome.output().contains(expected.group(2));
  }

  private static String printed(Outcome outcome) {
    return outcome.output() + (outcome.code() == 0 ? "" : "[exit " + outcome.code() + "]\n");
  }
}
