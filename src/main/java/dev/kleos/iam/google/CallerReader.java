package dev.kleos.iam.google;

import com.google.auth.oauth2.CloudShellCredentials;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.ExternalAccountAuthorizedUserCredentials;
import com.google.auth.oauth2.ExternalAccountCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import dev.kleos.iam.cloud.Caller;
import dev.kleos.iam.cloud.Caller.Credential;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads off a credential who calls with it: without a call, and without touching what is secret.
final class CallerReader {
  /// How the library says where it found a credential; its version is pinned, and a test holds it
  /// to these words.
  private static final Pattern FILE =
      Pattern.compile(
          "(?:Env Var GOOGLE_APPLICATION_CREDENTIALS set to|Well Known File at) (?<path>.+)");

  private CallerReader() {}

  /// Who calls with the application's default credential, as the library has loaded it.
  static Caller read(GoogleCredentials credentials) {
    var found = credentials.getCredentialInfo().getOrDefault("Credential Source", "");
    var file = FILE.matcher(found);
    return read(credentials, file.matches() ? file.group("path") : "");
  }

  /// The same of a credential that was read from a file.
  ///
  /// @param file empty where it is from none
  static Caller read(GoogleCredentials credentials, String file) {
    var impersonated = new ArrayList<String>();
    var own = credentials;
    while (own instanceof ImpersonatedCredentials through) {
      impersonated.add(through.getAccount());
      var delegates = through.toBuilder().getDelegates();
      impersonated.addAll(Objects.requireNonNullElse(delegates, List.<String>of()).reversed());
      own = through.getSourceCredentials();
    }
    if (own instanceof ExternalAccountCredentials external
        && external.getServiceAccountEmail() != null) {
      impersonated.add(external.getServiceAccountEmail());
    }
    return new Caller(kind(own), account(own, file), impersonated, shortened(file));
  }

  private static Credential kind(GoogleCredentials credentials) {
    return switch (credentials) {
      case UserCredentials _ -> Credential.USER_LOGIN;
      case ServiceAccountCredentials _ -> Credential.SERVICE_ACCOUNT_KEY;
      case ExternalAccountCredentials external ->
          external.getAudience().contains("/workforcePools/")
              ? Credential.WORKFORCE_FEDERATION
              : Credential.WORKLOAD_FEDERATION;
      case ExternalAccountAuthorizedUserCredentials _ -> Credential.WORKFORCE_FEDERATION;
      case ComputeEngineCredentials _ -> Credential.MACHINE;
      case CloudShellCredentials _ -> Credential.CLOUD_SHELL;
      default -> Credential.UNKNOWN;
    };
  }

  /// The library does not keep the address of a login, so the file is asked. A machine's own
  /// account would take a call.
  private static @Nullable String account(GoogleCredentials credentials, String file) {
    return switch (credentials) {
      case ServiceAccountCredentials key -> key.getClientEmail();
      case UserCredentials _ ->
          Optional.of(file)
              .filter(path -> !path.isEmpty())
              .flatMap(path -> CredentialFile.account(Path.of(path)))
              .orElse(null);
      default -> null;
    };
  }

  private static String shortened(String file) {
    var home = System.getProperty("user.home", "") + "/";
    return file.startsWith(home) && home.length() > 1 ? "~/" + file.substring(home.length()) : file;
  }
}
