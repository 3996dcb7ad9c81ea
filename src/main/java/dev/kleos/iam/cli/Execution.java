package dev.kleos.iam.cli;

import dev.kleos.iam.disk.DiskFailure;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.report.Screen;
import dev.kleos.iam.session.BrokenSettingException;
import dev.kleos.iam.session.ProgramCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// A program that runs as an account.
///
/// @param through the accounts on the way to it
record Execution(
    Surroundings surroundings,
    Screen err,
    Resource.Account account,
    List<Resource.Account> through) {
  private static final String ID_TOKEN = "print-identity-token";
  private static final String FLAG = "--impersonate-service-account";

  /// Runs it to its end.
  ///
  /// @return what it ends with
  int run(List<String> command) throws InterruptedException {
    var folders = new ExecFolders(surroundings.env());
    folders.sweep(surroundings.clock().instant());
    warn(command);
    var credentials = credentials(folders.best(), command);
    try (var _ = new Ending(credentials::close)) {
      try {
        return surroundings.programs().run(command, credentials.env(), surroundings.directory());
      } finally {
        credentials.close();
      }
    }
  }

  private ProgramCredentials credentials(Path below, List<String> command) {
    try {
      var host = EmulatorHost.of(surroundings.env());
      return host.isPresent()
          ? ofEmulator(host.get(), below)
          : ProgramCredentials.ofGoogle(
              surroundings.env(),
              account.email(),
              through.stream().map(Resource.Account::email).toList(),
              below,
              isGcloud(command));
    } catch (IllegalArgumentException e) {
      throw new PlanUsageException(Objects.toString(e.getMessage()));
    } catch (IOException e) {
      throw new BrokenSettingException(
          below + " cannot be written (" + DiskFailure.reason(e) + ").",
          "Make room there, or name another folder in " + StateFolder.VARIABLE + ".");
    }
  }

  private ProgramCredentials ofEmulator(EmulatorHost host, Path below) throws IOException {
    if (!through.isEmpty()) {
      throw new PlanUsageException(
          "--delegates leads to Google alone; no credential file says so to an emulator");
    }
    host.reach();
    return ProgramCredentials.ofEmulator(
        surroundings.env(),
        host.toString(),
        EmulatorCaller.of(surroundings.env()).token(),
        account.projectId(),
        account.email(),
        below);
  }

  /// gcloud goes by its own login, and by the variable.
  private static boolean isGcloud(List<String> command) {
    return Path.of(command.getFirst()).endsWith("gcloud");
  }

  private void warn(List<String> command) {
    var asks = command.stream().anyMatch(word -> word.contains(ID_TOKEN));
    if (asks && command.stream().noneMatch(word -> word.contains(FLAG))) {
      err.line(
          "note: gcloud auth "
              + ID_TOKEN
              + " prints a token of your own here, since it goes by no variable; one of the account:"
              + " kleos-iam token --account "
              + account.email());
    }
  }
}
