package dev.kleos.iam.cli;

import dev.kleos.iam.session.TemporaryCredential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the credential files of programs lie for as long as those run: in the user's own folder
/// for what ends with the login, which is in memory as a rule; where there is none, in that for
/// state. Source: the XDG Base Directory Specification.
record ExecFolders(Map<String, String> env) {
  private static final String RUNTIME = "XDG_RUNTIME_DIR";
  private static final String NAME = "exec";

  /// Where they are made.
  Path best() {
    return all().getFirst();
  }

  /// Removes what was left by processes that were killed.
  void sweep(Instant now) {
    all().forEach(folder -> TemporaryCredential.sweep(folder, now));
  }

  private List<Path> all() {
    return Stream.concat(
            runtime().map(folder -> folder.resolve(Path.of("kleos-iam", NAME))).stream(),
            Stream.of(StateFolder.of(env).resolve(NAME)))
        .toList();
  }

  private Optional<Path> runtime() {
    return Optional.of(Path.of(env.getOrDefault(RUNTIME, "")))
        .filter(folder -> folder.isAbsolute() && Files.isWritable(folder));
  }
}
