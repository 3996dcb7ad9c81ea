package dev.kleos.iam.session;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
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

  /// What acts as a service account by this credential, as gcloud writes it for `auth
  /// application-default login --impersonate-service-account`, but with a quota project: only
  /// inside, since the account need not be allowed to use it, and libraries count its calls for one
  /// outside. What a workload has of another provider names the account itself.
  ///
  /// @param through the accounts on the way to it, the first of them impersonated by this
  ///   credential
  /// @param countedFor the project that this credential's own calls are counted for
  /// @throws BrokenSettingException where Google's libraries know no such thing; the text goes on
  ///   where a sentence names the file
  StoredCredential impersonating(
      String account, List<String> through, Optional<String> countedFor) {
    var url =
        "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/"
            + account
            + ":generateAccessToken";
    if (kind == Kind.FEDERATION && impersonated.isEmpty() && through.isEmpty()) {
      var direct = json.deepCopy();
      direct.addProperty("service_account_impersonation_url", url);
      return new StoredCredential(kind, direct, Optional.of(account), List.of(), Optional.empty());
    }
    if (kind != Kind.LOGIN && kind != Kind.KEY) {
      throw new BrokenSettingException(
          "is no login or key, so that Google's libraries cannot go on from it as " + account,
          "Log in with: " + CredentialReader.LOG_IN);
    }
    var delegates = new JsonArray();
    through.forEach(each -> delegates.add("projects/-/serviceAccounts/" + each));
    var impersonating = new JsonObject();
    impersonating.add("delegates", delegates);
    impersonating.addProperty("service_account_impersonation_url", url);
    var source = json.deepCopy();
    countedFor.ifPresent(project -> source.addProperty("quota_project_id", project));
    impersonating.add("source_credentials", source);
    impersonating.addProperty("type", Kind.IMPERSONATION.type());
    return new StoredCredential(
        Kind.IMPERSONATION, impersonating, Optional.of(account), through, Optional.of(this));
  }

  /// The checked credential as a file of gcloud's, secrets and all.
  byte[] file() {
    return new GsonBuilder()
        .setPrettyPrinting()
        .disableHtmlEscaping()
        .create()
        .toJson(json)
        .getBytes(StandardCharsets.UTF_8);
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
