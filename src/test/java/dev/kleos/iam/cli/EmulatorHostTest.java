package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorHostTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8085, 127.0.0.1:8085",
    "localhost:8085, 127.0.0.1:8085",
    "LOCALHOST:1, 127.0.0.1:1",
    "127.255.0.9:65534, 127.0.0.1:65534",
    "[::1]:8085, 127.0.0.1:8085",
    "http://127.0.0.1:8085, 127.0.0.1:8085",
    "http://localhost:8085/, 127.0.0.1:8085",
    "[::1]:8085/, 127.0.0.1:8085",
  })
  void of_aPlaceOnThisMachine_isThat(String text, String place) {
    assertThat(of(text)).hasToString(place);
  }

  @Test
  void of_nothing_isNone() {
    assertThat(EmulatorHost.of(Map.of())).isEmpty();
    assertThat(EmulatorHost.of(Map.of(EmulatorHost.VARIABLE, ""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1:8085",
        "0.0.0.0:8085",
        "128.0.0.1:8085",
        "127.0.0.256:8085",
        "127.0.0.01:8085",
        "127.1:8085",
        "2130706433:8085",
        "[::]:8085",
        "[::ffff:10.0.0.1]:8085",
        "[fe80::1]:8085",
        "iam.googleapis.com:8085",
        "localhost.:8085",
        "localhost.example.com:8085",
        "127.0.0.1.example.com:8085",
        "lo\u0441alhost:8085",
      })
  void of_anywhereElse_isRefused(String text) {
    assertThatThrownBy(() -> of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "KLEOS_IAM_EMULATOR_HOST is \""
                + text
                + "\", which is not this machine; an emulator is on this machine alone, and"
                + " nothing is sent anywhere else: write 127.0.0.1:8085, or unset it");
  }

  @Test
  void of_aUserAndPassword_isRefusedWithoutRepeatingThem() {
    assertThatThrownBy(() -> of("http://user:secret@localhost:8085"))
        .hasMessageStartingWith(
            "KLEOS_IAM_EMULATOR_HOST is \"http://…@localhost:8085\", which is not ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:0",
        "127.0.0.1:65535",
        "127.0.0.1:99999",
        "127.0.0.1:999999",
        "127.0.0.1:-1",
        "127.0.0.1:abc",
        "127.0.0.1:\u0661\u0662",
        "::1:8085",
        ":8085",
        "8085",
        " ",
        "127.0.0.1:8085 ",
        "https://127.0.0.1:8085",
        "http://127.0.0.1:8085/v1",
        "http://http://127.0.0.1:8085",
        "127.0.0.1:8085\n",
      })
  void of_noHostAndPort_isRefused(String text) {
    assertThatThrownBy(() -> of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "KLEOS_IAM_EMULATOR_HOST is \""
                + text
                + "\", which is not a host and a port from 1 to 65534; write 127.0.0.1:PORT, as"
                + " kleos-iam emulator prints it, or unset it");
  }

  private static EmulatorHost of(String text) {
    return EmulatorHost.of(Map.of(EmulatorHost.VARIABLE, text)).orElseThrow();
  }
}
