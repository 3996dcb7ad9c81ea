package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.disk.LocalDisk;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.record.RunHeader;
import dev.kleos.iam.record.Runs;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The completion of the commands as they are.
class CompletionTest {
  private static final String PLAN =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      serviceAccounts: {kleos-invoker: {users: [user:alice@example.com]}}
      services: {kleos-service: {}}
      """;

  /// Labels of values that nobody but the user knows.
  private static final Set<String> UNKNOWABLE =
      Set.of(
          "DATA", "DATE", "ID", "MEMBER", "N", "N|N%", "NAME", "PATH", "PORT", "REGION", "TEXT",
          "TIME", "URL");

  @TempDir private Path folder = Path.of("");

  /// A new option that takes a value of a new kind has to find its place in `Completion`.
  @Test
  void everyValue_isCompletedOrKnownToNobody() throws Exception {
    Files.writeString(folder.resolve("kleos-iam.yaml"), PLAN);
    var header = new RunHeader(Instant.EPOCH, "apply", "Google Cloud", "", "1", 0, null);
    new Runs(new LocalDisk(), folder.resolve(".state/kleos-iam"))
        .journal(header, InstantSource.system())
        .begins(ChangeSet.EMPTY);
    var silent = new TreeSet<String>();
    var nowhere = OutputStream.nullOutputStream();
    var root = CommandLines.whole(Unattended.in(folder, new LocalClouds(), nowhere, nowhere));
    for (var command : CommandPage.commands(root.getCommandSpec())) {
      for (var option : command.options()) {
        if (option.arity().max() > 0
            && !option.hidden()
            && answer(command.name(), option.longestName() + "=").equals(List.of("words"))) {
          silent.add(option.paramLabel());
        }
      }
      for (var positional : command.positionalParameters()) {
        if (positional.index().min() == 0 && answer(command.name(), "").equals(List.of("words"))) {
          silent.add(positional.paramLabel());
        }
      }
    }

    assertThat(UNKNOWABLE).containsAll(silent);
    assertThat(silent).isNotEmpty();
  }

  /// `make install` copies the file.
  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void completion_printsTheScriptOfTheShell(String shell) throws Exception {
    var out = new ByteArrayOutputStream();

    CommandLines.run(
        Unattended.in(folder, new LocalClouds(), out, OutputStream.nullOutputStream()),
        "completion",
        shell);

    assertThat(Path.of("src/main/resources/completion", shell))
        .content(UTF_8)
        .isEqualTo(out.toString(UTF_8))
        .contains("__complete " + shell);
  }

  @Test
  void whatIsHidden_isNotOffered() {
    assertThat(answer("")).noneMatch(line -> line.startsWith("__"));
    assertThat(answer("validate", "--")).noneMatch(line -> line.startsWith("--emulator"));
  }

  @Test
  void whatWasSaid_isNotOfferedAgain_unlessItMayBeRepeated() {
    assertThat(answer("plan", "-v", "--prune", "-f", "x", "--"))
        .noneMatch(line -> line.startsWith("--verbose") || line.equals("--prune"))
        .anyMatch(line -> line.startsWith("--file"));
  }

  @Test
  void behindTwoHyphens_nothingIsAnOption() {
    assertThat(answer("grant", "--", "-")).containsExactly("words");
  }

  /// The first fields of the lines of the answer.
  private List<String> answer(String... words) {
    var out = new ByteArrayOutputStream();
    var args = new ArrayList<>(List.of("__complete", "fish", "--"));
    args.addAll(List.of(words));
    var surroundings =
        Unattended.in(folder, new LocalClouds(), out, OutputStream.nullOutputStream());

    assertThat(CommandLines.run(surroundings, args.toArray(String[]::new))).isZero();
    return out.toString(UTF_8).lines().map(line -> line.replaceFirst("\t.*", "")).toList();
  }
}
