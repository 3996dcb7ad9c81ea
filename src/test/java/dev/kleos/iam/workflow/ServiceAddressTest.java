package dev.kleos.iam.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.planfile.PlanUsageException;
import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAddressTest {
  private static final String HOST = "https://kleos.a.run.app";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "https://kleos.a.run.app      | \"\"             | https://kleos.a.run.app/",
        "https://kleos.a.run.app/     | \"\"             | https://kleos.a.run.app/",
        "https://kleos.a.run.app      | /                | https://kleos.a.run.app/",
        "https://kleos.a.run.app      | v1/check         | https://kleos.a.run.app/v1/check",
        "https://kleos.a.run.app/     | /v1/check        | https://kleos.a.run.app/v1/check",
        "https://kleos.a.run.app      | ?a=b             | https://kleos.a.run.app?a=b",
        "https://kleos.a.run.app      | v1?a=b&c=/../d?e | https://kleos.a.run.app/v1?a=b&c=/../d?e",
        "https://kleos.a.run.app      | v1/items:batch   | https://kleos.a.run.app/v1/items:batch",
        "https://kleos.a.run.app/base | v1               | https://kleos.a.run.app/base/v1",
        "https://kleos.a.run.app/base/| /v1              | https://kleos.a.run.app/base/v1",
        "https://kleos.a.run.app/base | \"\"             | https://kleos.a.run.app/base",
        "http://127.0.0.1:8085/run/p/r/s | v1            | http://127.0.0.1:8085/run/p/r/s/v1",
        "https://kleos.a.run.app      | //evil.com/x     | https://kleos.a.run.app//evil.com/x",
        "https://kleos.a.run.app      | @evil.com        | https://kleos.a.run.app/@evil.com",
        "https://kleos.a.run.app      | .evil.com        | https://kleos.a.run.app/.evil.com",
        "https://kleos.a.run.app      | :8080/x          | https://kleos.a.run.app/:8080/x",
        "https://kleos.a.run.app      | \\evil.com       | https://kleos.a.run.app/%5Cevil.com",
        "https://kleos.a.run.app      | javascript:x     | https://kleos.a.run.app/javascript:x",
        "https://kleos.a.run.app      | a b              | https://kleos.a.run.app/a%20b",
        "https://kleos.a.run.app      | ä/日本           | https://kleos.a.run.app/%C3%A4/%E6%97%A5%E6%9C%AC",
        "https://kleos.a.run.app      | a%20b            | https://kleos.a.run.app/a%20b",
        "https://kleos.a.run.app      | 100%             | https://kleos.a.run.app/100%25",
        "https://kleos.a.run.app      | %zz%2            | https://kleos.a.run.app/%25zz%252",
        "https://kleos.a.run.app      | a{b}<c>^`        | https://kleos.a.run.app/a%7Bb%7D%3Cc%3E%5E%60",
        "https://kleos.a.run.app      | a...b/...        | https://kleos.a.run.app/a...b/...",
      })
  void join_isBelowTheService(String service, String path, String url) {
    assertThat(ServiceAddress.join(service, path)).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../x",
        "a/../b",
        "a/..",
        "./a",
        "a/.",
        "%2e%2E/a",
        ".%2e/a",
        "a\\..\\b",
        "..?a",
        "/../",
        "..#"
      })
  void join_ofAWayUp_isRefused(String path) {
    assertThatThrownBy(() -> ServiceAddress.join(HOST, path))
        .isInstanceOf(PlanUsageException.class)
        .hasMessageStartingWith("PATH has a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.com", "HTTP://evil.com/x", "https:evil.com"})
  void join_ofAnotherAddress_isRefused(String path) {
    assertThatThrownBy(() -> ServiceAddress.join(HOST, path))
        .hasMessage("PATH is below the service; an address is named in place of the service");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nHost: evil.com", "\r", "a\u0000", "\u007f", "a\u0085b", "\tx"})
  void join_ofAControlCharacter_isRefused(String path) {
    assertThatThrownBy(() -> ServiceAddress.join(HOST, path))
        .hasMessage("PATH has a control character; write it as %0A and the like");
  }

  @Test
  void join_ofAFragment_isRefused() {
    assertThatThrownBy(() -> ServiceAddress.join(HOST, "docs#intro"))
        .hasMessage(
            "PATH has a #, and what is behind one is never sent; for the character itself write"
                + " %23");
  }

  /// Whatever is typed: the call goes to the service's host and below its path, or nowhere.
  @Test
  void join_ofAnything_neverLeavesTheService() {
    var random = new Random(6);
    var alphabet = "/\\.@:?#%&=~+ a2eE-_[]{}<>\"'`|^;,()*$!\t\n\u00e4\u202e\ud83d\ude00\ud800";
    var joined = 0;
    for (var i = 0; i < 20_000; i++) {
      var path = new StringBuilder();
      for (var length = random.nextInt(12); length > 0; length--) {
        path.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        var url = ServiceAddress.join(HOST + "/base", path.toString());
        var resolved = url.normalize();
        assertThat(url.getHost()).as(path.toString()).isEqualTo("kleos.a.run.app");
        assertThat(url.getRawUserInfo()).as(path.toString()).isNull();
        assertThat(url.getPort()).as(path.toString()).isEqualTo(-1);
        assertThat(resolved.getRawPath()).as(path.toString()).startsWith("/base");
        assertThat(url.toString()).as(path.toString()).matches("[!-~]+");
        joined++;
      } catch (PlanUsageException e) {
        assertThat(e).hasMessageStartingWith("PATH ");
      }
    }
    assertThat(joined).isGreaterThan(5_000);
  }

  @ParameterizedTest
  @CsvSource({
    "https://user:pw@kleos.a.run.app, https://…@kleos.a.run.app",
    "https://kleos.a.run.app?token=x, https://kleos.a.run.app?…",
    "https://kleos.a.run.app#x, https://kleos.a.run.app#…",
  })
  void checked_repeatsNothingThatMayBeSecret(String url, String shown) {
    assertThatThrownBy(() -> ServiceAddress.checked(url))
        .isInstanceOf(PlanUsageException.class)
        .hasMessageStartingWith("\"" + shown + "\" is no address of a service: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://kleos.a.run.app",
        "https://",
        "https:///x",
        "https://kleos.a.run.app/a/../b",
        "https://a b",
        "http://127.0.0.1.evil.com",
        "http://localhost.evil.com/",
        "http://127.0.0.1:99999",
        "https://kleos.a.run.app:0",
        "https://kleos.a.run.app:65536/x",
        "https://kleos.a.run.app:99999999999",
      })
  void checked_ofWhatIsNoAddress_isRefused(String url) {
    assertThatThrownBy(() -> ServiceAddress.checked(url))
        .isInstanceOf(PlanUsageException.class)
        .hasMessageStartingWith("\"" + url + "\" is no address of a service: ");
  }

  /// A token for one spelling of an address is refused by whoever goes by another. An emulator
  /// listens on 127.0.0.1 alone, and its services are named so.
  @ParameterizedTest
  @CsvSource({
    "HTTPS://KLEOS.A.Run.App/Base, https://kleos.a.run.app/Base",
    "https://kleos.a.run.app:443, https://kleos.a.run.app",
    "https://kleos.a.run.app:/x, https://kleos.a.run.app/x",
    "https://kleos.a.run.app:80, https://kleos.a.run.app:80",
    "HTTP://127.0.0.1:80/run/p/r/s, http://127.0.0.1/run/p/r/s",
    "http://localhost:8085/run/p/r/s, http://127.0.0.1:8085/run/p/r/s",
    "http://[::1]:8085/run/p/r/s, http://127.0.0.1:8085/run/p/r/s",
    "https://localhost:8085/x, https://localhost:8085/x",
  })
  void checked_isSpelledOneWay(String url, String spelled) {
    assertThat(ServiceAddress.checked(url)).hasToString(spelled);
    assertThat(ServiceAddress.join(url, "?x=Y").toString()).startsWith(spelled).endsWith("?x=Y");
  }

  @ParameterizedTest
  @CsvSource({
    "https://kleos.a.run.app, https://kleos.a.run.app",
    "https://kleos.a.run.app/base/, https://kleos.a.run.app",
    "https://kleos.a.run.app:8443/x, https://kleos.a.run.app:8443",
    "http://127.0.0.1:8085/run/p/r/s/, http://127.0.0.1:8085/run/p/r/s",
  })
  void audience_isTheOrigin_orTheWholeAddressOnThisMachine(String url, String audience) {
    assertThat(ServiceAddress.audience(URI.create(url))).isEqualTo(audience);
  }
}
