package dev.kleos.iam.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.session.HttpProxy.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which proxy stands between this machine and a place.
class ProxySettingsTest {
  @TempDir private Path home = Path.of("");

  @Test
  void withoutAVariable_thereIsNone() {
    assertThat(settings(Map.of()).proxy()).isEmpty();
    assertThat(settings(Map.of("http_proxy", "http://proxy:3128")).proxy()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy.example.com:3128, proxy.example.com, 3128",
    "HTTP://proxy.example.com:3128/, proxy.example.com, 3128",
    "proxy:80, proxy, 80",
    "http://10.0.0.1:8080, 10.0.0.1, 8080",
    "http://[fd00::1]:8080, fd00::1, 8080",
  })
  void everyForm_isUnderstood(String value, String host, int port) {
    assertThat(settings(Map.of("https_proxy", value)).proxy())
        .contains(new HttpProxy(host, port, Optional.empty(), "https_proxy"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://user:pass@proxy:80, user, pass",
    "user:pass@proxy:80, user, pass",
    "http://us%40er:p%3Aa%2Fs+s@proxy:80, us@er, p:a/s+s",
    "http://user:p@ss@proxy:80, user, p@ss",
    "http://user:50%@proxy:80, user, 50%",
    "http://user@proxy:80, user, ''",
  })
  void aLogin_isTakenApart(String value, String user, String password) {
    assertThat(settings(Map.of("https_proxy", value)).proxy().orElseThrow().login())
        .contains(new Login(user, password));
  }

  @Test
  void theFirstVariableThatIsSet_counts() {
    var env = new HashMap<String, String>();
    for (var variable : new String[] {"ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy"}) {
      env.put(variable, variable.replace('_', '-') + ":80");
      assertThat(settings(env).proxy().orElseThrow().origin()).isEqualTo(variable);
    }
    env.put("https_proxy", "");
    assertThat(settings(env).proxy().orElseThrow().origin()).isEqualTo("HTTPS_PROXY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:canary@proxy",
        "http://user:canary@proxy:0",
        "http://user:canary@proxy:65536",
        "http://user:canary@:80",
        "http://user:canary@proxy:80/path",
        "http://user:canary@pro xy:80",
        "canary",
      })
  void whatIsNone_isAnError_whichDoesNotRepeatIt(String value) {
    assertThatThrownBy(() -> settings(Map.of("HTTPS_PROXY", value)))
        .isInstanceOf(BrokenSettingException.class)
        .hasMessage("HTTPS_PROXY is no host and port of a proxy.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://user:canary@proxy:1080", "https://user:canary@proxy:443"})
  void anotherKind_isAnError_whichDoesNotRepeatIt(String value) {
    assertThatThrownBy(() -> settings(Map.of("all_proxy", value)))
        .isInstanceOfSatisfying(
            BrokenSettingException.class,
            e ->
                assertThat(e.advice())
                    .isEqualTo(
                        "Write https_proxy=http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT, or"
                            + " leave the proxy out with no_proxy='*'."))
        .hasMessage("all_proxy names another kind of proxy than HTTP's.");
    assertThat(settings(Map.of("all_proxy", value, "no_proxy", "*")).proxy()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "googleapis.com            | iam.googleapis.com     | 443 | true",
        ".googleapis.com           | iam.googleapis.com     | 443 | true",
        "*.googleapis.com          | iam.googleapis.com     | 443 | true",
        ".googleapis.com           | googleapis.com         | 443 | true",
        "GoogleAPIs.com            | iam.googleapis.com     | 443 | true",
        "googleapis.com            | iam.googleapis.com.    | 443 | true",
        "googleapis.com            | notgoogleapis.com      | 443 | false",
        "iam.googleapis.com        | run.googleapis.com     | 443 | false",
        "a.example, googleapis.com | iam.googleapis.com     | 443 | true",
        "a.example  googleapis.com | iam.googleapis.com     | 443 | true",
        "googleapis.com:443        | iam.googleapis.com     | 443 | true",
        "googleapis.com:8443       | iam.googleapis.com     | 443 | false",
        "10.0.0.0/8                | 10.1.2.3               | 443 | true",
        "10.0.0.0/8                | 11.1.2.3               | 443 | false",
        "10.1.2.3                  | 10.1.2.3               | 443 | true",
        "0.0.0.0/0                 | 203.0.113.7            | 443 | true",
        "0.0.0.0/0                 | iam.googleapis.com     | 443 | false",
        "fd00::1                   | fd00::1                | 443 | true",
        "[fd00::1]:443             | fd00::1                | 443 | true",
        "''                        | iam.googleapis.com     | 443 | false",
        "''                        | localhost              | 443 | true",
        "''                        | 127.0.0.2              | 443 | true",
      })
  void noProxy_listsWhatIsReachedWithoutIt(String list, String host, int port, boolean direct) {
    var env = Map.of("https_proxy", "proxy:80", "no_proxy", list);

    assertThat(settings(env).proxyFor(host, port).isEmpty()).isEqualTo(direct);
  }

  @Test
  void gcloudsProxy_isTakenWhereNoVariableIsSet() throws IOException {
    write("type = http\naddress = proxy.example.com\nport = 3128\nusername = u\npassword = canary");

    var proxy = settings(Map.of()).proxy().orElseThrow();

    assertThat(proxy.login()).contains(new Login("u", "canary"));
    assertThat(proxy)
        .hasToString(
            "proxy.example.com:3128 (gcloud's proxy/address by"
                + " ~/.config/gcloud/configurations/config_default)");
    assertThat(settings(Map.of("https_proxy", "other:80")).proxy().orElseThrow().host())
        .isEqualTo("other");
  }

  @Test
  void gcloudsProxy_ofAnotherKind_isAnError() throws IOException {
    write("type = socks5\naddress = proxy.example.com\nport = 1080");

    assertThatThrownBy(() -> settings(Map.of()))
        .hasMessage("gcloud's proxy/type names another kind of proxy than HTTP's.");
  }

  private ProxySettings settings(Map<String, String> env) {
    var all = new HashMap<>(env);
    all.put("HOME", home.toString());
    return ProxySettings.of(all, GcloudSettings.of(all));
  }

  private void write(String section) throws IOException {
    var folder = Files.createDirectories(home.resolve(".config/gcloud/configurations"));
    Files.writeString(folder.resolve("config_default"), "[proxy]\n" + section + "\n");
  }
}
