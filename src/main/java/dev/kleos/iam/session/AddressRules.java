package dev.kleos.iam.session;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.kleos.iam.session.StoredCredential.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a credential file may lead. Secrets and tokens go to what it names, so that must be
/// Google's, and of Google's the very service: anybody can have an address below
/// `storage.googleapis.com`.
///
/// **Documented**: who takes such a file from elsewhere has to check its addresses himself;
/// Google's libraries do not.
final class AddressRules {
  private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9._-]{1,253}");

  private static final String REGION = "(?:[a-z]+-[a-z]+\\d+|us|eu)";

  private static final Predicate<URI> OAUTH = service("oauth2");
  private static final Predicate<URI> STS = service("sts");
  private static final Predicate<URI> TOKENS =
      OAUTH
          .or(exactly("www.googleapis.com", "/oauth2/v\\d+/token"))
          .or(exactly("accounts.google.com", "/o/oauth2/(v\\d+/)?token"));

  /// Fields of every kind of credential. The certificates' addresses of a key are asked by nobody.
  private static final Map<String, Predicate<URI>> FIELDS = fields();

  /// **Documented**: where the metadata of machines of AWS and Azure is.
  private static final Pattern METADATA =
      Pattern.compile("169\\.254\\.169\\.254|\\[fd00:ec2::254]");

  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  /// AWS's own service of tokens, to which Google sends on what was signed here.
  private static final Pattern AWS =
      Pattern.compile("sts(?:\\.REGION|\\.[a-z0-9-]+)?\\.amazonaws\\.com(?:\\.cn)?");

  private AddressRules() {}

  /// Checks the addresses of a credential, though not those of its source.
  ///
  /// @throws BrokenSettingException where one may not be talked to
  static void check(Kind kind, JsonObject json, String at) {
    FIELDS.forEach((field, allowed) -> check(json, at, field, allowed, "Google's"));
    if (kind == Kind.FEDERATION && json.get("credential_source") instanceof JsonObject source) {
      var inside = at + "credential_source.";
      if (source.has("environment_id")) {
        for (var field : List.of("url", "region_url", "imdsv2_session_token_url")) {
          check(source, inside, field, AddressRules::isMetadata, "a machine's own metadata");
        }
        check(source, inside, "regional_cred_verification_url", AddressRules::isAws, "AWS's");
      } else {
        check(source, inside, "url", AddressRules::isPrivate, "safe to ask");
      }
    }
  }

  private static void check(
      JsonObject json, String at, String field, Predicate<URI> allowed, String whose) {
    var value = json.get(field);
    if (value == null || value.isJsonNull()) {
      return;
    }
    var url = url(value);
    if (url == null || !allowed.test(url)) {
      throw new BrokenSettingException(
          "leads to "
              + host(url)
              + " ("
              + at
              + field
              + "), which is not "
              + whose
              + "; nothing was sent",
          "Do not use this file, and ask where it is from. For a login, make a new one with:"
              + " gcloud auth application-default login");
    }
  }

  /// An address whose parts are beyond doubt, whoever takes it apart; null of any other.
  private static @Nullable URI url(JsonElement value) {
    try {
      var text = value instanceof JsonPrimitive it && it.isString() ? it.getAsString() : "";
      var url = new URI(text.replace("{region}", "REGION"));
      var isPlain =
          url.getScheme() != null
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawFragment() == null;
      return isPlain ? url : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static String host(@Nullable URI url) {
    return url != null && SHOWN.matcher(url.getHost()).matches()
        ? url.getScheme() + "://" + url.getHost()
        : "an odd address";
  }

  private static Map<String, Predicate<URI>> fields() {
    var fields = new LinkedHashMap<String, Predicate<URI>>();
    fields.put("auth_uri", OAUTH.or(exactly("accounts.google.com", "/o/oauth2/(v\\d+/)?auth")));
    fields.put("token_uri", TOKENS);
    fields.put("token_url", STS.or(OAUTH));
    fields.put("token_info_url", STS.or(OAUTH));
    fields.put("revoke_url", STS.or(OAUTH));
    fields.put(
        "service_account_impersonation_url",
        service("iamcredentials")
            .and(url ->
                url.getRawQuery() == null
                    && url.getRawPath()
                        .matches("/v1/projects/-/serviceAccounts/[^/:%]+:generateAccessToken")));
    return fields;
  }

  /// A service of Google's, also by its endpoints of a region, for client certificates, and of a
  /// private network (**documented** shapes).
  private static Predicate<URI> service(String name) {
    var host =
        Pattern.compile(
            "(?:REGION[.-])?NAME(?:\\.REGION(?:\\.rep)?)?(?:\\.mtls)?\\.googleapis\\.com"
                    .replace("REGION", REGION)
                    .replace("NAME", name)
                + "|"
                + name
                + "-[a-z0-9]+\\.p\\.googleapis\\.com");
    return url -> isHttps(url) && host.matcher(url.getHost().toLowerCase(Locale.ROOT)).matches();
  }

  /// What such hosts have besides, some of which may lead elsewhere, gets no secret.
  ///
  /// @param path a pattern of all of it
  private static Predicate<URI> exactly(String host, String path) {
    var all = Pattern.compile(path);
    return url ->
        isHttps(url)
            && url.getHost().toLowerCase(Locale.ROOT).equals(host)
            && all.matcher(url.getRawPath()).matches()
            && url.getRawQuery() == null;
  }

  private static boolean isHttps(URI url) {
    return "https".equalsIgnoreCase(url.getScheme())
        && (url.getPort() == -1 || url.getPort() == 443);
  }

  /// Where programs get what proves them elsewhere. Nothing of Google's goes there, and what comes
  /// back goes to Google alone; so it is their business, but not in the clear over a network.
  private static boolean isPrivate(URI url) {
    return "https".equalsIgnoreCase(url.getScheme())
        || isMetadata(url)
        || ("http".equalsIgnoreCase(url.getScheme()) && LOOPBACK.matcher(url.getHost()).matches());
  }

  private static boolean isMetadata(URI url) {
    return "http".equalsIgnoreCase(url.getScheme()) && METADATA.matcher(url.getHost()).matches();
  }

  private static boolean isAws(URI url) {
    return isHttps(url) && AWS.matcher(url.getHost()).matches();
  }
}
