package dev.kleos.iam.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A real shell at a pseudo-terminal, in a folder, with completion turned on as the README says.
/// What it starts as `kleos-iam` notes down what it was given.
record Terminal(Installed installed, Path folder) {
  /// The shells, without the files that the user's would read first.
  enum Kind {
    BASH("bash --norc --noprofile -i", "source <(kleos-iam completion bash)"),
    ZSH("zsh -f -i", "autoload -U compinit; compinit -D -u; source <(kleos-iam completion zsh)"),
    FISH("fish --no-config -i", "kleos-iam completion fish | source");

    private final String start;
    private final String setUp;

    Kind(String start, String setUp) {
      this.start = start;
      this.setUp = setUp;
    }

    /// The line of the README.
    String turnsOn() {
      return setUp.substring(setUp.lastIndexOf(';') + 1).strip();
    }

    /// `bash`, `zsh` or `fish`.
    String program() {
      return start.substring(0, start.indexOf(' '));
    }
  }

  static Terminal in(Installed installed, Path folder) throws IOException {
    var program = Files.createDirectories(folder.resolve("path")).resolve("kleos-iam");
    Files.writeString(
        program,
        """
        #!/bin/sh
        case $1 in __complete | completion) exec '%s' "$@" ;; esac
        { printf '<%%s>' "$@"; echo; } >>'%s'
        """
            .formatted(installed.launcher(), folder.resolve("noted")));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return new Terminal(installed, folder);
  }

  /// Types lines, each with its tabs, and answers with what `kleos-iam` was given by each. Skips
  /// the test where there is no such shell.
  List<String> type(Kind kind, List<String> lines) throws Exception {
    assumeTrue(isThere("script") && isThere(kind.program()), "needs script and " + kind.program());
    var noted = folder.resolve("noted");
    Files.writeString(noted, "");
    var path = folder.resolve("path") + ":" + System.getenv("PATH");
    var env = Map.of("PATH", path, "TERM", "xterm", "HOME", folder.toString());
    var builder = installed.builder(env, "script", "-qec", kind.start, "/dev/null");
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("screen").toFile());
    var process = builder.directory(folder.toFile()).start();
    try (var keyboard = process.outputWriter(UTF_8)) {
      keyboard.write(kind.setUp + "\n" + String.join("\n", lines) + "\nexit\n");
    }
    var ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as(Files.readString(folder.resolve("screen"))).isTrue();
    return Files.readAllLines(noted);
  }

  private boolean isThere(String program) throws Exception {
    return installed.run(Map.of(), "sh", "-c", "command -v " + program).code() == 0;
  }
}
