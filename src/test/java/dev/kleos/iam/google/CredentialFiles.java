package dev.kleos.iam.google;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;

/// Credential files as gcloud and Google's console write them, with secrets that open nothing.
public final class CredentialFiles {
  private static final String PRIVATE_KEY = privateKey();

  /// What must be in no output.
  public static final List<String> SECRETS =
      List.of("canary-refresh", "canary-client", "canary-key-id", PRIVATE_KEY.substring(0, 40));

  private static final String IMPERSONATION =
      "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/%s:generateAccessToken";

  private CredentialFiles() {}

  /// A login without an address, as `gcloud auth application-default login` leaves it.
  public static String login() {
    return login("");
  }

  /// A login with whose it is, as the same command leaves it when it is told.
  static String login(String account) {
    return """
    {
      "account": "%s",
      "client_id": "123-canary-client.apps.googleusercontent.com",
      "client_secret": "canary-client",
      "refresh_token": "1//canary-refresh",
      "type": "authorized_user",
      "universe_domain": "googleapis.com"
    }
    """
        .formatted(account);
  }

  /// A service account's key.
  public static String key(String email) {
    return """
    {
      "type": "service_account",
      "project_id": "kleos-demo",
      "private_key_id": "canary-key-id",
      "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n",
      "client_email": "%s",
      "client_id": "123456789",
      "token_uri": "https://oauth2.googleapis.com/token"
    }
    """
        .formatted(PRIVATE_KEY, email);
  }

  /// What `gcloud auth application-default login --impersonate-service-account` leaves.
  ///
  /// @param delegates as JSON, e.g. `["a@example.com"]`
  /// @param source another credential
  public static String impersonating(String email, String delegates, String source) {
    return """
    {
      "delegates": %s,
      "service_account_impersonation_url": "%s",
      "source_credentials": %s,
      "type": "impersonated_service_account"
    }
    """
        .formatted(delegates, IMPERSONATION.formatted(email), source);
  }

  /// What `gcloud iam workload-identity-pools create-cred-config` leaves.
  public static String federation(String pool) {
    return federation(pool, "");
  }

  /// The same, going on as a service account.
  static String federationAs(String pool, String email) {
    return federation(
        pool, "\"service_account_impersonation_url\": \"" + IMPERSONATION.formatted(email) + "\",");
  }

  /// What `gcloud auth application-default login --login-config` leaves.
  public static String workforceLogin() {
    return """
    {
      "type": "external_account_authorized_user",
      "audience": "//iam.googleapis.com/locations/global/workforcePools/staff/providers/idp",
      "refresh_token": "canary-refresh",
      "client_id": "canary-client",
      "client_secret": "canary-client",
      "token_url": "https://sts.googleapis.com/v1/oauthtoken",
      "token_info_url": "https://sts.googleapis.com/v1/introspect"
    }
    """;
  }

  /// Writes one.
  public static Path write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static String federation(String pool, String more) {
    return """
    {
      "type": "external_account",
      "audience": "//iam.googleapis.com/%s",
      "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
      "token_url": "https://sts.googleapis.com/v1/token",
      %s
      "credential_source": {"file": "/canary-client/token"}
    }
    """
        .formatted(pool, more);
  }

  private static String privateKey() {
    try {
      var keys = KeyPairGenerator.getInstance("RSA");
      keys.initialize(2048);
      var encoded = keys.generateKeyPair().getPrivate().getEncoded();
      return new String(Base64.getEncoder().encode(encoded), US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
