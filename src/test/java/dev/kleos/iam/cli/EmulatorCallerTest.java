package dev.kleos.iam.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorCallerTest {
  @Test
  void of_nothing_isTheOperator() {
    var operator = new EmulatorCaller("operator");

    assertThat(EmulatorCaller.of(Map.of())).isEqualTo(operator);
    assertThat(of("")).isEqualTo(operator);
    assertThat(of("operator")).isEqualTo(operator);
    assertThat(operator.email()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"alice@example.com", "o'hara+x@example.com", "a@p.iam.gserviceaccount.com"})
  void of_anEmailAddress_isThatUser(String email) {
    assertThat(of(email).token()).isEqualTo(email);
    assertThat(of(email).email()).contains(email);
  }

  @Test
  void of_aTokenOfTheEmulator_isThat_andNoEmailAddress() {
    assertThat(of("kleos-emulator.eyJh.b-_=").token()).isEqualTo("kleos-emulator.eyJh.b-_=");
    assertThat(of("kleos-emulator.eyJh.b-_=").email()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ya29.a0AfH6SM",
        "eyJhbGciOiJSUzI1NiJ9.eyJz.c2ln",
        "Operator",
        " operator",
        "alice",
        "alice@example.com\n",
        "alice@example.com x",
        "Bearer alice@example.com",
        "ya29/x@y",
        "kleos-emulator.",
        "kleos-emulator.a b",
        "kleos-emulatorXya29",
        "al\u00efce@example.com",
      })
  void of_anythingElse_isRefused_andNotRepeated(String token) {
    assertThatThrownBy(() -> of(token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "KLEOS_IAM_EMULATOR_TOKEN is neither an e-mail address nor an access token of the"
                + " emulator; it was not sent, since it may be a real one: write operator or"
                + " an e-mail address, or unset it");
  }

  private static EmulatorCaller of(String token) {
    return EmulatorCaller.of(Map.of(EmulatorCaller.VARIABLE, token));
  }
}
