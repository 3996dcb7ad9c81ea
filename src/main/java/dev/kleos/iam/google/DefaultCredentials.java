package dev.kleos.iam.google;

import com.google.auth.oauth2.CloudShellCredentials;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import dev.kleos.iam.cloud.Caller;
import dev.kleos.iam.cloud.Caller.Credential;
import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.session.AdcFile;
import dev.kleos.iam.session.StoredCredential.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Application Default Credentials and who calls with them: those of the file that was checked,
/// or of the machine where there is no file.
record DefaultCredentials(GoogleCredentials google, Caller caller) {
  /// Sends nothing but, where there is no file, a question to the machine itself.
  ///
  /// @param isOneself whether as whoever is behind a credential that impersonates an account
  /// @throws CloudException.Unavailable where there are none, or they must not be used
  static DefaultCredentials find(Map<String, String> env, boolean isOneself, Network network) {
    return switch (AdcFile.find(env)) {
      case AdcFile.Found found -> ofFile(isOneself ? found.behind() : found, network);
      case AdcFile.Missing _ -> ofMachine(env, network);
      case AdcFile.Broken broken -> throw unusable(broken);
    };
  }

  /// The library trips over what it did not expect with exceptions of every kind, whose texts may
  /// be what it tripped over.
  private static DefaultCredentials ofFile(AdcFile.Found found, Network network) {
    try (var content = found.credential().content()) {
      var google = GoogleCredentials.fromStream(content, network.tokens());
      return new DefaultCredentials(
          withQuotaProject(google, found.quotaProject()), CallerReader.read(found));
    } catch (IOException | RuntimeException e) {
      throw unusable(
          new AdcFile.Broken(
              found.file(),
              found.isNamed(),
              found.behind().credential().kind() == Kind.KEY
                  ? "has a damaged private key"
                  : "has a value in it that Google's library does not take",
              "Make a new one."));
    }
  }

  /// The library would look for files as well, by the variables of this process; only what is of no
  /// file is taken.
  private static DefaultCredentials ofMachine(Map<String, String> env, Network network) {
    try {
      if (!env.getOrDefault("NO_GCE_CHECK", "").equals("true")) {
        var google = GoogleCredentials.getApplicationDefault(network.tokens());
        if (google instanceof ComputeEngineCredentials) {
          return new DefaultCredentials(
              withQuotaProject(google, quotaProject(env)), of(Credential.MACHINE));
        }
        if (google instanceof CloudShellCredentials) {
          return new DefaultCredentials(
              withQuotaProject(google, quotaProject(env)), of(Credential.CLOUD_SHELL));
        }
      }
    } catch (IOException | RuntimeException e) {
      // This is none of Google's machines.
    }
    throw new CloudException.Unavailable(
        Failure.of(
            "UNAUTHENTICATED",
            "",
            "There are no Google credentials on this machine.",
            Advice.LOG_IN));
  }

  /// Whose a machine's account is would take a call.
  private static Caller of(Credential kind) {
    return new Caller(kind, null, List.of(), "");
  }

  private static Optional<String> quotaProject(Map<String, String> env) {
    return Optional.of(env.getOrDefault(AdcFile.QUOTA_VARIABLE, "").strip())
        .filter(project -> !project.isEmpty());
  }

  private static GoogleCredentials withQuotaProject(
      GoogleCredentials credentials, Optional<String> project) {
    return project.map(credentials::createWithQuotaProject).orElse(credentials);
  }

  private static CloudException unusable(AdcFile.Broken broken) {
    return new CloudException.Unavailable(
        Failure.of(
            "UNAUTHENTICATED",
            "",
            "The Application Default Credentials cannot be used: " + broken.sentence(),
            (broken.isNamed() && !broken.advice().contains(AdcFile.VARIABLE)
                    ? "Unset " + AdcFile.VARIABLE + ", or name another file in it. "
                    : "")
                + broken.advice()));
  }
}
