package dev.kleos.iam.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.kleos.iam.google.CredentialFiles;
import dev.kleos.iam.session.AdcFile.Broken;
import dev.kleos.iam.session.AdcFile.Found;
import dev.kleos.iam.session.AdcFile.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where the file is looked for, and what it takes to be used.
class AdcFileTest {
  private static final String NAME = "application_default_credentials.json";
  private static final String ANEW =
      "Make a new one, for a login with: gcloud auth application-default login";
  private static final String ADMIN = "admin@kleos-demo.iam.gserviceaccount.com";

  @TempDir private Path home = Path.of("");

  @Test
  void find_withNothingAnywhere_saysWhereItWouldBe() {
    assertThat(find(Map.of())).isEqualTo(new Missing("~/.config/gcloud/" + NAME));
  }

  @Test
  void find_takesTheVariable_thenGcloudsOwnFolder_thenTheOneInHome() throws IOException {
    write(".config/gcloud/" + NAME, login("home@example.com", ""));
    write("moved/" + NAME, login("moved@example.com", ""));
    var named = write("named.json", login("named@example.com", ""));
    var config = home.resolve("moved").toString();

    assertThat(account(find(Map.of()))).isEqualTo("home@example.com");
    assertThat(account(find(Map.of("CLOUDSDK_CONFIG", config)))).isEqualTo("moved@example.com");
    assertThat(account(find(Map.of("CLOUDSDK_CONFIG", config, AdcFile.VARIABLE, named.toString()))))
        .isEqualTo("named@example.com");
    assertThat(account(find(Map.of("CLOUDSDK_CONFIG", "", AdcFile.VARIABLE, ""))))
        .isEqualTo("home@example.com");
  }

  @Test
  void aBadVariable_isAnError_andNoReasonToLookFurther() throws IOException {
    write(".config/gcloud/" + NAME, login("home@example.com", ""));

    assertThat(find(Map.of(AdcFile.VARIABLE, home + "/gone.json")))
        .isEqualTo(
            new Broken(
                "~/gone.json",
                true,
                "is not there",
                "Mend or unset GOOGLE_APPLICATION_CREDENTIALS."));
    assertThat(find(Map.of(AdcFile.VARIABLE, home.toString())))
        .extracting(it -> ((Broken) it).sentence())
        .asString()
        .endsWith(", which GOOGLE_APPLICATION_CREDENTIALS names, is a folder.");
  }

  /// Nothing of these is opened, so nobody waits for what never comes.
  @Test
  void whatIsNoFile_isSaid_withWhatHelps() throws Exception {
    var folder = home.resolve(".config/gcloud").resolve(NAME);
    Files.createDirectories(folder);
    assertThat(find(Map.of())).isEqualTo(inTheWay("is a folder"));
    Files.delete(folder);
    OddFiles.pipe(folder);
    assertThat(find(Map.of())).isEqualTo(inTheWay("is no file"));
    Files.delete(folder);
    OddFiles.circle(folder);
    assertThat(find(Map.of())).isEqualTo(inTheWay("cannot be read"));

    assertThat(find(Map.of(AdcFile.VARIABLE, "/dev/zero")))
        .isEqualTo(
            new Broken(
                "/dev/zero", true, "is no file", "Mend or unset GOOGLE_APPLICATION_CREDENTIALS."));
  }

  @Test
  void whatIsTooLong_orNoText_isNoCredential() throws IOException {
    write(".config/gcloud/" + NAME, " ".repeat(1 << 20) + "{}");
    assertThat(find(Map.of()))
        .isEqualTo(new Broken("~/.config/gcloud/" + NAME, false, "is too long", ANEW));
    Files.write(home.resolve(".config/gcloud").resolve(NAME), new byte[] {'{', (byte) 0xff, '}'});
    assertThat(find(Map.of()))
        .isEqualTo(new Broken("~/.config/gcloud/" + NAME, false, "is no text in UTF-8", ANEW));
  }

  /// Nobody knows then whether there are credentials.
  @Test
  void aFolderThatMayNotBeEntered_isNoneWithoutCredentials() throws IOException {
    write(".config/gcloud/" + NAME, login("", ""));
    var folder = home.resolve(".config/gcloud");
    var before = Files.getPosixFilePermissions(folder);
    OddFiles.closed(folder);
    try {
      assumeFalse(Files.isReadable(folder)); // as root may
      assertThat(find(Map.of()))
          .isEqualTo(
              new Broken(
                  "~/.config/gcloud/" + NAME, false, "may not be read", "Let yourself read it."));
    } finally {
      Files.setPosixFilePermissions(folder, before);
    }
  }

  /// As `/dev/null` is for whoever shall have no home.
  @Test
  void aHomeThatIsNone_hasNoFile() throws IOException {
    var file = write("file", "");

    assertThat(AdcFile.find(Map.of("HOME", file.toString())))
        .isEqualTo(new Missing("~/.config/gcloud/" + NAME));
  }

  @Test
  void aLogin_mendsWhatGcloudCanWriteOver_andThatAlone() {
    assertThat(new Broken("file", false, "is malformed JSON", ANEW).isMendedByALogin()).isTrue();
    assertThat(new Broken("file", true, "is malformed JSON", ANEW).isMendedByALogin()).isFalse();
    assertThat(inTheWay("is a folder").isMendedByALogin()).isFalse();
  }

  private static Broken inTheWay(String why) {
    return new Broken(
        "~/.config/gcloud/" + NAME, false, why, "Move it away, so that a login can be kept.");
  }

  @Test
  void quotaProject_isTheFiles_unlessTheVariableNamesAnother() throws IOException {
    write(".config/gcloud/" + NAME, login("", "\"quota_project_id\": \"of-the-file\","));

    assertThat(((Found) find(Map.of())).quotaProject()).contains("of-the-file");
    assertThat(((Found) find(Map.of(AdcFile.QUOTA_VARIABLE, " other "))).quotaProject())
        .contains("other");
    write(".config/gcloud/" + NAME, login("", ""));
    assertThat(((Found) find(Map.of())).quotaProject()).isEmpty();
  }

  @Test
  void anImpersonation_hasItsTargetDelegatesAndSource() throws IOException {
    write(
        ".config/gcloud/" + NAME,
        CredentialFiles.impersonating(ADMIN, "[\"ci@example.com\"]", login("a@example.com", "")));

    var credential = ((Found) find(Map.of())).credential();

    assertThat(credential.impersonated()).contains(ADMIN);
    assertThat(credential.delegates()).containsExactly("ci@example.com");
    assertThat(credential.source().orElseThrow().account()).contains("a@example.com");
  }

  /// What a file breaks in, without any of its text.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{canary                        | is malformed JSON at line 1 column 3",
        "{\"canary\": 'canary'}         | is malformed JSON at line 1 column 13",
        "[\"canary\"]                   | is no JSON object",
        "{}                             | lacks type",
        "{\"type\": 1}                  | lacks type",
        "{\"type\": \"gdch_service_account\"} | is of a kind that kleos-iam does not know (type)",
        "{\"type\": \"authorized_user\"} | lacks client_id",
        "{\"type\": \"authorized_user\", \"client_id\": [\"canary\"]} | lacks client_id",
        "{\"type\": null}               | lacks type",
        "{} canary                      | is malformed JSON at line 1 column 5",
        "{} {\"canary\": 1}             | is malformed JSON at line 1 column 5",
      })
  void aBrokenFile_isSaid_withoutAnyOfIt(String content, String why) throws IOException {
    write(".config/gcloud/" + NAME, content);

    assertThat(find(Map.of())).isEqualTo(new Broken("~/.config/gcloud/" + NAME, false, why, ANEW));
  }

  /// Google's library does not say which it trips over.
  @ParameterizedTest
  @CsvSource({
    "quota_project_id, 5",
    "quota_project_id, true",
    "account, '[\"canary\"]'",
    "project_id, '{}'",
  })
  void aFieldThatIsNoText_isNamed(String field, String value) throws IOException {
    write(
        ".config/gcloud/" + NAME,
        login("", "\"" + field + "\": " + value + ",").replace("\"account\": \"\",", ""));

    assertThat(((Broken) find(Map.of())).why()).isEqualTo("has no text in " + field);
  }

  @Test
  void aFieldThatIsNull_isNone() throws IOException {
    write(".config/gcloud/" + NAME, login("", "\"token_uri\": null, \"quota_project_id\": null,"));

    assertThat(((Found) find(Map.of())).credential().content())
        .asString(UTF_8)
        .doesNotContain("null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                        | lacks file, url or certificate in credential_source",
        "{'file': null}                            | lacks file, url or certificate in credential_source",
        "5                                         | has no object in credential_source",
        "null                                      | lacks credential_source",
        "{'file': 5}                               | has no text in credential_source.file",
        "{'file': '/a', 'url': 'https://a.b/'}     | has more than one of credential_source.file and credential_source.url",
        "{'file': '/a', 'format': 'json'}          | has no object in credential_source.format",
        "{'file': '/a', 'format': {'type': 'xml'}} | has neither text nor json in credential_source.format.type",
        "{'file': '/a', 'format': {'type': 'json'}} | lacks credential_source.format.subject_token_field_name",
        "{'url': 'https://a.b/', 'headers': {'canary': 5}} | has no texts in credential_source.headers",
        "{'url': 'https://a.b/', 'headers': 5}     | has no object in credential_source.headers",
        "{'certificate': true}                     | has no object in credential_source.certificate",
        "{'environment_id': 5}                     | has no text in credential_source.environment_id",
        "{'environment_id': 'aws1'}                | lacks credential_source.regional_cred_verification_url",
        "{'environment_id': 'aws2', 'regional_cred_verification_url': 'https://sts.amazonaws.com'} | is of an environment that Google's library does not know (credential_source.environment_id)",
        "{'executable': 5}                         | has no object in credential_source.executable",
        "{'executable': {}}                        | lacks credential_source.executable.command",
        "{'executable': {'command': 'a', 'timeout_millis': 'canary'}} | has no whole number in credential_source.executable.timeout_millis",
      })
  void aFederation_thatTheLibraryWouldTripOver_isToldByTheField(String source, String why)
      throws IOException {
    write(
        ".config/gcloud/" + NAME,
        external("").replace("{},", source + ",").replace("{}", source).replace('\'', '"'));

    assertThat(find(Map.of("GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES", "1")))
        .isEqualTo(new Broken("~/.config/gcloud/" + NAME, false, why, ANEW));
  }

  @Test
  void aLoginOfAWorkforce_withoutAnEndpoint_isBroken() throws IOException {
    write(
        ".config/gcloud/" + NAME,
        CredentialFiles.workforceLogin().replace("\"token_url\"", "\"canary\""));

    assertThat(((Broken) find(Map.of())).why()).isEqualTo("lacks token_url");
  }

  @Test
  void aCredentialOfAnotherUniverse_isRefused() throws IOException {
    write(
        ".config/gcloud/" + NAME,
        login("", "").replace("\"googleapis.com\"", "\"apis.example.com\""));

    assertThat(((Broken) find(Map.of())).why())
        .isEqualTo("is of another universe than googleapis.com (universe_domain)");
  }

  @Test
  void aProgramToRun_isRefused_unlessTheVariableAllowsIt() throws IOException {
    write(
        ".config/gcloud/" + NAME, external("\"executable\": {\"command\": \"/bin/canary --now\"}"));

    assertThat(find(Map.of()))
        .isEqualTo(
            new Broken(
                "~/.config/gcloud/" + NAME,
                false,
                "would run a program (credential_source.executable)",
                "Look at its command; if it is one to trust, set"
                    + " GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES=1."));
    assertThat(find(Map.of("GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES", "1")))
        .isInstanceOf(Found.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://oauth2.googleapis.com/token",
        "https://oauth2.googleapis.com:443/token",
        "HTTPS://OAuth2.GoogleAPIs.com/token",
        "https://oauth2.mtls.googleapis.com/token",
        "https://www.googleapis.com/oauth2/v4/token",
        "https://www.googleapis.com/oauth2/v3/token",
        "https://accounts.google.com/o/oauth2/token",
      })
  void tokenUri_ofGoogles_isTaken(String url) throws IOException {
    write(".config/gcloud/" + NAME, login("", "\"token_uri\": \"" + url + "\","));

    assertThat(find(Map.of())).isInstanceOf(Found.class);
  }

  /// Nobody but Google answers at a taken address, whoever takes it apart.
  @ParameterizedTest
  @CsvSource({
    "http://oauth2.googleapis.com/token,                    http://oauth2.googleapis.com",
    "https://oauth2.googleapis.com:8443/token,              https://oauth2.googleapis.com",
    "https://evil.example.com/token,                        https://evil.example.com",
    "https://oauth2.googleapis.com.example.com/token,       https://oauth2.googleapis.com.example.com",
    "https://example-oauth2.googleapis.com/token,           https://example-oauth2.googleapis.com",
    "https://storage.googleapis.com/bucket/token,           https://storage.googleapis.com",
    "https://oauth2.storage.googleapis.com/token,           https://oauth2.storage.googleapis.com",
    "https://www.googleapis.com/upload/token,               https://www.googleapis.com",
    "https://www.googleapis.com/oauth2/v1/userinfo,         https://www.googleapis.com",
    "https://accounts.google.com/o/oauth2/v2/auth,          https://accounts.google.com",
    "https://accounts.google.com/o/oauth2/token?continue=x, https://accounts.google.com",
    "https://www.googleapis.com/oauth2/../upload,           https://www.googleapis.com",
    "https://www.googleapis.com/oauth2/%2e%2e/upload,       https://www.googleapis.com",
    "https://www.googleapis.com/oauth2/v4/token?name=x,     https://www.googleapis.com",
    "https://sites.google.com/token,                        https://sites.google.com",
    "https://evil.example.com#.googleapis.com/,             an odd address",
    "https://oauth2.googleapis.com@evil.example.com/token,  an odd address",
    "https://evil.example.com\\\\@oauth2.googleapis.com/,   an odd address",
    "https://oauth2.googleapis.com%2eexample.com/token,     an odd address",
    "oauth2.googleapis.com/token,                           an odd address",
    "//oauth2.googleapis.com/token,                         an odd address",
    "file:///etc/passwd,                                    an odd address",
  })
  void tokenUri_ofAnybodyElse_isRefused_byName(String url, String host) throws IOException {
    write(".config/gcloud/" + NAME, login("", "\"token_uri\": \"" + url + "\","));

    assertThat(find(Map.of()))
        .isEqualTo(
            new Broken(
                "~/.config/gcloud/" + NAME,
                false,
                "leads to " + host + " (token_uri), which is not Google's; nothing was sent",
                "Do not use this file, and ask where it is from. For a login, make a new one with:"
                    + " gcloud auth application-default login"));
  }

  @Test
  void anAddressThatIsNoText_isRefused() throws IOException {
    write(".config/gcloud/" + NAME, login("", "\"token_uri\": [\"https://evil.example.com\"],"));

    assertThat(((Broken) find(Map.of())).why()).startsWith("leads to an odd address (token_uri)");
  }

  /// Libraries differ in which of two they take.
  @Test
  void anAddressThatIsThereTwice_isUsedAsItWasChecked() throws IOException {
    write(
        ".config/gcloud/" + NAME,
        login(
            "",
            "\"token_uri\": \"https://evil.example.com\","
                + " \"token_uri\": \"https://oauth2.googleapis.com/token\","));

    switch (find(Map.of())) {
      case Found found ->
          assertThat(found.credential().content()).asString(UTF_8).doesNotContain("evil");
      case Broken broken -> assertThat(broken.why()).contains("malformed");
      case Missing _ -> throw new AssertionError();
    }
  }

  @Test
  void theSourceOfAnImpersonation_isCheckedAsWell() throws IOException {
    var source = login("", "\"token_uri\": \"https://evil.example.com/\",");
    write(".config/gcloud/" + NAME, CredentialFiles.impersonating(ADMIN, "[]", source));

    assertThat(((Broken) find(Map.of())).why())
        .isEqualTo(
            "leads to https://evil.example.com (source_credentials.token_uri), which is not"
                + " Google's; nothing was sent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://iamcredentials.googleapis.com.evil.example/v1/projects/-/serviceAccounts/a@b.c:generateAccessToken",
        "https://iamcredentials.googleapis.com/v1/other/a@b.c:generateAccessToken",
        "https://storage.googleapis.com/v1/projects/-/serviceAccounts/a@b.c:generateAccessToken",
      })
  void anImpersonation_goesThroughIamCredentialsAlone(String url) throws IOException {
    var file = CredentialFiles.impersonating(ADMIN, "[]", login("", ""));
    write(".config/gcloud/" + NAME, file.replaceFirst("https://iamcredentials[^\"]*", url));

    assertThat(((Broken) find(Map.of())).why()).contains("(service_account_impersonation_url)");
  }

  @ParameterizedTest
  @CsvSource({
    "https://sts.googleapis.com/v1/token, true",
    "https://sts.mtls.googleapis.com/v1/token, true",
    "https://sts.us-east4.rep.googleapis.com/v1/token, true",
    "https://us-east4-sts.googleapis.com/v1/token, true",
    "https://sts-inside.p.googleapis.com/v1/token, true",
    "https://sts.storage.googleapis.com/v1/token, false",
    "https://sts.example.com/v1/token, false",
  })
  void tokenUrl_isTheSecurityTokenServices(String url, boolean taken) throws IOException {
    write(
        ".config/gcloud/" + NAME,
        external("\"file\": \"/token\"").replace("https://sts.googleapis.com/v1/token", url));

    assertThat(find(Map.of()) instanceof Found).isEqualTo(taken);
  }

  /// Where the token from elsewhere is got is no business of Google's, but not in the clear.
  @ParameterizedTest
  @CsvSource({
    "https://pipelines.actions.githubusercontent.com/token?audience=x, true",
    "http://169.254.169.254/metadata/identity/oauth2/token, true",
    "http://localhost:40342/metadata/identity/oauth2/token, true",
    "http://tokens.example.com/, false",
    "ftp://tokens.example.com/, false",
    "file:///etc/passwd, false",
  })
  void theSourceOfAToken_mayBeAnywhereThatIsPrivate(String url, boolean taken) throws IOException {
    write(".config/gcloud/" + NAME, external("\"url\": \"" + url + "\""));

    assertThat(find(Map.of()) instanceof Found).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({
    "http://169.254.169.254/latest, https://sts.{region}.amazonaws.com?Action=GetCallerIdentity, true",
    "http://[fd00:ec2::254]/latest, https://sts.eu-west-1.amazonaws.com, true",
    "http://metadata.example.com/, https://sts.{region}.amazonaws.com, false",
    "http://169.254.169.254/latest, https://sts.example.com, false",
  })
  void awsFields_areAwssOwn(String url, String verification, boolean taken) throws IOException {
    write(
        ".config/gcloud/" + NAME,
        external(
            "\"environment_id\": \"aws1\", \"url\": \"%s\", \"regional_cred_verification_url\": \"%s\""
                .formatted(url, verification)));

    assertThat(find(Map.of()) instanceof Found).isEqualTo(taken);
  }

  @Test
  void noText_ofWhatWasRead_hasASecret() throws IOException {
    for (var content :
        List.of(
            login("a@example.com", ""),
            CredentialFiles.impersonating(ADMIN, "[]", login("", "")),
            external("\"file\": \"/canary-client/token\""))) {
      write(".config/gcloud/" + NAME, content);

      assertThat(find(Map.of()).toString()).doesNotContain("canary");
    }
  }

  private AdcFile find(Map<String, String> env) {
    var all = new HashMap<>(env);
    all.put("HOME", home.toString());
    return AdcFile.find(all);
  }

  private Path write(String name, String content) throws IOException {
    var file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static String account(AdcFile file) {
    return ((Found) file).credential().account().orElse("");
  }

  private static String login(String account, String more) {
    return """
    {
      "account": "%s",
      "client_id": "canary-client",
      "client_secret": "canary-client",
      "refresh_token": "canary-refresh",
      %s
      "type": "authorized_user",
      "universe_domain": "googleapis.com"
    }
    """
        .formatted(account, more);
  }

  private static String external(String source) {
    return """
    {
      "type": "external_account",
      "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
      "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
      "token_url": "https://sts.googleapis.com/v1/token",
      "credential_source": {%s}
    }
    """
        .formatted(source);
  }
}
