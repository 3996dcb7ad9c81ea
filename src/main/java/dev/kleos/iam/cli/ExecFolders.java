package dev.kleos.iam.cli;

import dev.kleos.iam.session.TemporaryCredential;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        .filter(folder -> folder.isAbsolute() && isOwn(folder));
  }

  /// That of somebody else is still named after `sudo -E`; the specification demands that nobody
  /// else may do anything there.
  private static boolean isOwn(Path folder) {
    try {
      var user =
          FileSystems.getDefault()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName(System.getProperty("user.name", ""));
      return Files.getOwner(folder).equals(user)
          && PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))
              .equals("rwx------");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
