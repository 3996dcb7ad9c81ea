package dev.kleos.iam.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
  @Test
  void aToken_isShownByNothingButItsValue() {
    assertThat(new Token("e30.canary~+/_-==")).hasToString("a token that is not shown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "canary\n", "canary\u0000", "canary\u007f", "can ary", "can\u00e4ry"})
  void whatNoHeaderCanHave_isNoToken_andIsNotRepeated(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Token(value))
        .withMessage("a token that cannot be sent");
  }
}
