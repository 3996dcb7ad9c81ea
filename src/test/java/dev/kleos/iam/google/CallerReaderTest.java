package dev.kleos.iam.google;

import static dev.kleos.iam.google.CredentialFiles.federation;
import static dev.kleos.iam.google.CredentialFiles.federationAs;
import static dev.kleos.iam.google.CredentialFiles.impersonating;
import static dev.kleos.iam.google.CredentialFiles.key;
import static dev.kleos.iam.google.CredentialFiles.login;
import static dev.kleos.iam.google.CredentialFiles.workforceLogin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cloud.Caller;
import dev.kleos.iam.report.CallerReport;
import dev.kleos.iam.session.AdcFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Who calls, by the credential alone.
class CallerReaderTest {
  private static final String ADMIN = "kleos-admin@kleos-demo.iam.gserviceaccount.com";
  private static final String CI = "ci@kleos-demo.iam.gserviceaccount.com";
  private static final String CD = "cd@kleos-demo.iam.gserviceaccount.com";
  private static final String POOL = "projects/1/locations/global/workloadIdentityPools/p";
  private static final String WORKFORCE = "locations/global/workforcePools/staff/providers/idp";

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void read_ofAFile_isWhatItSays_andNothingSecret(String words, String content, String principal)
      throws IOException {
    var file = CredentialFiles.write(folder.resolve("credential.json"), content);

    var caller = read(file);

    assertThat(CallerReport.words(caller).replace(file.toString(), "FILE")).isEqualTo(words);
    assertThat(caller.principal().map(Object::toString).orElse("")).isEqualTo(principal);
    assertThat(caller.toString()).doesNotContain(CredentialFiles.SECRETS);
  }

  static Stream<Arguments> files() {
    var alice = login("alice@example.com");
    return Stream.of(
        Arguments.of(" by a user login (FILE)", login(), ""),
        Arguments.of(
            " as alice@example.com, by a user login (FILE)", alice, "user:alice@example.com"),
        Arguments.of(
            " as " + CI + ", by a service account key (FILE)", key(CI), "serviceAccount:" + CI),
        Arguments.of(
            " as " + ADMIN + ", impersonated by a user login (FILE)",
            impersonating(ADMIN, "[]", login()),
            "serviceAccount:" + ADMIN),
        Arguments.of(
            " as " + ADMIN + ", impersonated by alice@example.com, a user login (FILE)",
            impersonating(ADMIN, "[]", alice),
            "serviceAccount:" + ADMIN),
        Arguments.of(
            " as " + ADMIN + ", impersonated through " + CD + ", " + CI + " by a user login (FILE)",
            impersonating(ADMIN, "[\"" + CI + "\", \"" + CD + "\"]", login()),
            "serviceAccount:" + ADMIN),
        Arguments.of(
            " as " + ADMIN + ", impersonated by " + CI + ", a service account key (FILE)",
            impersonating(ADMIN, "[]", key(CI)),
            "serviceAccount:" + ADMIN),
        Arguments.of(" by workload identity federation (FILE)", federation(POOL), ""),
        Arguments.of(
            " as " + ADMIN + ", impersonated by workload identity federation (FILE)",
            federationAs(POOL, ADMIN),
            "serviceAccount:" + ADMIN),
        Arguments.of(" by workforce identity federation (FILE)", federation(WORKFORCE), ""),
        Arguments.of(" by workforce identity federation (FILE)", workforceLogin(), ""));
  }

  /// What is no address is not shown as one.
  @ParameterizedTest
  @MethodSource
  void anAccountThatIsNoAddress_isNone(String account) throws IOException {
    var file = CredentialFiles.write(folder.resolve("credential.json"), login(account));

    assertThat(read(file).email()).isEmpty();
  }

  static Stream<String> anAccountThatIsNoAddress_isNone() {
    return Stream.of("", "alice", "alice@", "@example.com", "a b@example.com", "a@b@example.com");
  }

  private static Caller read(Path file) {
    var found = AdcFile.find(Map.of(AdcFile.VARIABLE, file.toString(), "HOME", "/nowhere"));
    return CallerReader.read((AdcFile.Found) found);
  }
}
