package dev.kleos.iam.session;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A credential as its file has it. What is secret in it leaves by [#content] alone.
public final class StoredCredential {
  private final Kind kind;
  private final JsonObject json;
  private final Optional<String> impersonated;
  private final List<String> delegates;
  private final Optional<StoredCredential> source;

  StoredCredential(
      Kind kind,
      JsonObject json,
      Optional<String> impersonated,
      List<String> delegates,
      Optional<StoredCredential> source) {
    this.kind = kind;
    this.json = json;
    this.impersonated = impersonated;
    this.delegates = List.copyOf(delegates);
    this.source = source;
  }

  public Kind kind() {
    return kind;
  }

  /// Whose login it is; gcloud writes it where it was told whose it should be, and an empty text
  /// where not. Source: gcloud's own `auth application-default login`.
  public Optional<String> account() {
    return CredentialReader.text(json, "account").filter(CredentialReader::isEmail);
  }

  /// The account that a service account's key is for.
  public Optional<String> clientEmail() {
    return CredentialReader.text(json, "client_email").filter(CredentialReader::isEmail);
  }

  /// The project that the file has its calls counted for.
  public Optional<String> quotaProject() {
    return CredentialReader.text(json, "quota_project_id").filter(id -> !id.isBlank());
  }

  /// The service account that it goes on as.
  public Optional<String> impersonated() {
    return impersonated;
  }

  /// Through whom it becomes that, the first of them impersonated by the credential itself.
  public List<String> delegates() {
    return delegates;
  }

  /// What impersonates; there where [#kind] is [Kind#IMPERSONATION].
  public Optional<StoredCredential> source() {
    return source;
  }

  /// Whether people have it of another provider of identities, and not programs.
  public boolean isWorkforce() {
    return kind == Kind.WORKFORCE_LOGIN
        || CredentialReader.text(json, "audience").orElse("").contains("/workforcePools/");
  }

  /// The checked credential, secrets and all, for the library that uses it: made of what was
  /// checked, so that nothing can be read otherwise, e.g. a name that stands there twice.
  public InputStream content() {
    return new ByteArrayInputStream(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "StoredCredential[" + kind + "]";
  }

  /// The kinds that Google's library for Java knows, and that talk to Google.
  public enum Kind {
    /// What `gcloud auth application-default login` leaves.
    LOGIN("authorized_user"),
    KEY("service_account"),
    IMPERSONATION("impersonated_service_account"),
    FEDERATION("external_account"),
    WORKFORCE_LOGIN("external_account_authorized_user");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    /// As files say it.
    public String type() {
      return type;
    }
  }
}
