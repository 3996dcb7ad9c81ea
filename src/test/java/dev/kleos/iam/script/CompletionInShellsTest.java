package dev.kleos.iam.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kleos.iam.script.Terminal.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Completion where it is used: real shells, at a terminal, by the tabulator key.
class CompletionInShellsTest {
  /// Names that would do something if a shell took them for its own language. All are well formed
  /// by Google's rules, but for the last, which no plan may hold.
  private static final String HOSTILE =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      serviceAccounts:
        kleos-invoker:
          users:
            - user:alice@example.com
            - 'user:`touch${IFS}pwned`@example.com'
          bindings:
            - role: roles/iam.workloadIdentityUser
              members:
                - 'principal://iam.googleapis.com/$(touch${IFS}pwned);touch${IFS}pwned'
                - "principal://iam.googleapis.com/it's\\"!x\\\\y:z*?~{a,b}%B#"
        "hidden\\n$(touch pwned)\\e[2J": {}
      services:
        kleos-service: {}
      """;

  @TempDir private Path root = Path.of("");
  private Installed installed = new Installed(Path.of(""), Path.of(""));
  private Path folder = Path.of("");

  @BeforeEach
  void install() throws IOException {
    installed = Installed.in(root);
    folder = Files.createDirectory(root.resolve("folder"));
    Files.writeString(folder.resolve("kleos-iam.yaml"), HOSTILE);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theTabulatorKey_completesCommandsNamesAndFiles(Kind kind) throws Exception {
    Files.createDirectory(folder.resolve("some plans"));
    var typed =
        List.of(
            "kleos-iam gra\tx",
            "kleos-iam grant --account=kle\tx",
            "kleos-iam revoke user:alice@ex\tx",
            "kleos-iam plan --file=some\tx");

    assertThat(Terminal.in(installed, folder).type(kind, typed))
        .containsExactly(
            "<grant><x>",
            "<grant><--account=kleos-invoker><x>",
            "<revoke><user:alice@example.com><x>",
            "<plan><--file=some plans/x>");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void hostileNames_areWordsOfTheLineAndNothingElse(Kind kind) throws Exception {
    var typed =
        List.of(
            "kleos-iam revoke \\`\t",
            "kleos-iam revoke principal://iam.googleapis.com/\\$\t",
            "kleos-iam revoke principal://iam.googleapis.com/it\t");

    assertThat(Terminal.in(installed, folder).type(kind, typed))
        .containsExactly(
            "<revoke><`touch${IFS}pwned`@example.com>",
            "<revoke><principal://iam.googleapis.com/$(touch${IFS}pwned);touch${IFS}pwned>",
            "<revoke><principal://iam.googleapis.com/it's\"!x\\y:z*?~{a,b}%B#>");
    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theScript_isWellFormed(Kind kind) throws Exception {
    var shell = kind.program();
    assumeTrue(
        installed.run(Map.of(), "sh", "-c", "command -v " + shell).code() == 0, "needs " + shell);

    var script = Path.of("src/main/resources/completion", shell).toAbsolutePath().toString();

    assertThat(installed.run(Map.of(), shell, "-n", script)).isEqualTo(new Installed.Answer(0, ""));
  }
}
