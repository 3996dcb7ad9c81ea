package dev.kleos.iam.session;

import dev.kleos.iam.session.FileContent.Why;
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

  /// What helps where the variable names what is no credential.
  String MEND_VARIABLE = "Mend or unset " + VARIABLE + ".";

  /// Reads it, once, and checks it. Sends nothing anywhere.
  static AdcFile find(Map<String, String> env) {
    var home = Home.of(env);
    var named = env.getOrDefault(VARIABLE, "");
    if (named.isEmpty()) {
      var file = home.adc();
      var shown = home.shortened(file);
      return switch (home.read(file)) {
        case FileContent.Text content -> understood(content.text(), shown, false, env);
        case FileContent.Absent _ -> new Missing(shown);
        case FileContent.Unusable it ->
            new Broken(shown, false, it.why().words(), advice(it.why()));
      };
    }
    try {
      var file = Path.of(named);
      var shown = home.shortened(file);
      return switch (home.read(file)) {
        case FileContent.Text content -> understood(content.text(), shown, true, env);
        case FileContent.Absent _ -> new Broken(shown, true, "is not there", MEND_VARIABLE);
        case FileContent.Unusable it ->
            new Broken(
                shown,
                true,
                it.why().words(),
                it.why() == Why.FORBIDDEN ? advice(it.why()) : MEND_VARIABLE);
      };
    } catch (InvalidPathException e) {
      return new Broken("the value", true, "can be no file", MEND_VARIABLE);
    }
  }

  private static AdcFile understood(
      String content, String shown, boolean isNamed, Map<String, String> env) {
    try {
      var credential = CredentialReader.read(content, env);
      var variable = env.getOrDefault(QUOTA_VARIABLE, "").strip();
      var quotaProject = variable.isEmpty() ? credential.quotaProject() : Optional.of(variable);
      return new Found(shown, isNamed, credential, quotaProject);
    } catch (BrokenSettingException e) {
      return new Broken(shown, isNamed, e.what(), e.advice());
    }
  }

  /// What helps where gcloud keeps a login.
  private static String advice(Why why) {
    return switch (why) {
      case FOLDER, NO_FILE, UNREADABLE -> "Move it away, so that a login can be kept.";
      case FORBIDDEN -> "Let yourself read it.";
      case TOO_LONG, NO_TEXT -> CredentialReader.MAKE_ANOTHER;
    };
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

    /// What acts as a service account by it.
    ///
    /// @param through the accounts on the way
    /// @throws BrokenSettingException where Google's libraries know no such thing
    StoredCredential impersonating(String account, List<String> through) {
      try {
        return credential.impersonating(account, through, quotaProject);
      } catch (BrokenSettingException e) {
        throw new BrokenSettingException(file + " " + e.what() + ".", e.advice());
      }
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
    /// Whether a new login, which gcloud puts in the file's place, is what mends it.
    public boolean isMendedByALogin() {
      return !isNamed && advice.contains(CredentialReader.LOG_IN);
    }

    /// One sentence, with the variable where it is the one to look at.
    public String sentence() {
      return file + (isNamed ? ", which " + VARIABLE + " names, " : " ") + why + ".";
    }
  }
}
