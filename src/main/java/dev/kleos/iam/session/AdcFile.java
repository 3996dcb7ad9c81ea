package dev.kleos.iam.session;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The file of the Application Default Credentials, looked for where Google's libraries do.
public sealed interface AdcFile {
  /// Names a file that stands before all others; that it is bad is an error, and no reason to look
  /// further.
  String VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS";

  /// Overrules the quota project of every file.
  String QUOTA_VARIABLE = "GOOGLE_CLOUD_QUOTA_PROJECT";

  /// Reads it, once, and checks it. Sends nothing anywhere.
  static AdcFile find(Map<String, String> env) {
    var home = Home.of(env);
    var named = env.getOrDefault(VARIABLE, "");
    if (named.isEmpty()) {
      var file = home.gcloud().resolve("application_default_credentials.json");
      if (Files.isDirectory(file)) {
        return new Broken(
            home.shortened(file),
            false,
            "is a folder",
            "Move it away, so that a login can be kept.");
      }
      return Files.isRegularFile(file)
          ? read(file, home.shortened(file), false, env)
          : new Missing(home.shortened(file));
    }
    try {
      var file = Path.of(named);
      return Files.isRegularFile(file)
          ? read(file, home.shortened(file), true, env)
          : new Broken(
              home.shortened(file),
              true,
              Files.exists(file) ? "is no file" : "is not there",
              "Mend or unset " + VARIABLE + ".");
    } catch (InvalidPathException e) {
      return new Broken("the value", true, "can be no file", "Mend or unset " + VARIABLE + ".");
    }
  }

  private static AdcFile read(Path file, String shown, boolean isNamed, Map<String, String> env) {
    try {
      var credential = CredentialReader.read(Files.newInputStream(file), env);
      var variable = env.getOrDefault(QUOTA_VARIABLE, "").strip();
      var quotaProject = variable.isEmpty() ? credential.quotaProject() : Optional.of(variable);
      return new Found(shown, isNamed, credential, quotaProject);
    } catch (BrokenSettingException e) {
      return new Broken(shown, isNamed, e.what(), e.advice());
    } catch (AccessDeniedException e) {
      return new Broken(shown, isNamed, "may not be read", "Let yourself read it.");
    } catch (IOException e) {
      return new Broken(shown, isNamed, "cannot be read", "Mend or remove it.");
    }
  }

  /// A file that may be used.
  ///
  /// @param file the file, the home folder as `~`
  /// @param isNamed whether [#VARIABLE] names it
  /// @param quotaProject the project that calls are counted for: the variable's, else the file's
  record Found(
      String file, boolean isNamed, StoredCredential credential, Optional<String> quotaProject)
      implements AdcFile {
    /// The same as whoever is behind it, where it impersonates an account.
    public Found behind() {
      var own = credential.source().orElse(credential);
      return new Found(file, isNamed, own, quotaProject.or(own::quotaProject));
    }

    /// The accounts that [#behind] leaves aside, in the order in which each acts as the next; empty
    /// where it impersonates none.
    public List<String> leftAside() {
      return credential.source().isEmpty()
          ? List.of()
          : Stream.concat(credential.delegates().stream(), credential.impersonated().stream())
              .map(account -> account.replaceFirst("^projects/-/serviceAccounts/", ""))
              .toList();
    }
  }

  /// No file, so that only a machine of Google's can have credentials.
  ///
  /// @param file where it would have been
  record Missing(String file) implements AdcFile {}

  /// A file that must not or cannot be used.
  ///
  /// @param file the file, the home folder as `~`
  /// @param isNamed whether [#VARIABLE] names it
  /// @param why goes on where a sentence names the file
  /// @param advice what to do
  record Broken(String file, boolean isNamed, String why, String advice) implements AdcFile {
    /// One sentence, with the variable where it is the one to look at.
    public String sentence() {
      return file + (isNamed ? ", which " + VARIABLE + " names, " : " ") + why + ".";
    }
  }
}
