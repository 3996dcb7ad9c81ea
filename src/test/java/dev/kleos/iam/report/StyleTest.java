package dev.kleos.iam.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is printed can be read on a dark and on a light terminal.
class StyleTest {
  /// Bold and reversed, which leave the colours to the terminal, and hues of the cube of 216.
  private static final Set<String> OF_THE_TERMINAL = Set.of("", "1", "1;7");

  private static final Pattern HUE = Pattern.compile("1;38;5;(\\d+)");

  /// Of xterm, macOS, GNOME (dark and light), Solarized (dark and light).
  private static final List<Integer> BACKGROUNDS =
      List.of(0x000000, 0xffffff, 0x1e1e1e, 0x171421, 0x002b36, 0xfdf6e3);

  @ParameterizedTest
  @EnumSource(Style.class)
  void aStyle_isTheTerminalsOwn_orAHueThatStandsOutFromEveryBackground(Style style) {
    var code = style.wrap("x").replaceFirst("^\u001b\\[(.*)mx\u001b\\[0m$", "$1").replace("x", "");
    var hue = HUE.matcher(code);

    if (hue.matches()) {
      var luminance = luminance(colour(Integer.parseInt(hue.group(1))));
      assertThat(BACKGROUNDS)
          .allSatisfy(background ->
              assertThat(contrast(luminance, luminance(background))).isGreaterThan(3));
    } else {
      assertThat(OF_THE_TERMINAL).contains(code);
    }
  }

  /// Words are no smaller than what WCAG asks 4.5:1 of, so they have no hue: a sign has.
  @ParameterizedTest
  @EnumSource(Sign.class)
  void aSign_isOneCharacter_thatMeansTheSameWithoutColour(Sign sign) {
    assertThat(sign.span().text()).hasSize(1);
    assertThat(Stream.of(Sign.values()).map(it -> it.span().text())).doesNotHaveDuplicates();
  }

  /// A colour of xterm's cube of 6 x 6 x 6.
  private static int colour(int number) {
    var rest = number - 16;
    return level(rest / 36) << 16 | level(rest / 6 % 6) << 8 | level(rest % 6);
  }

  private static int level(int step) {
    return step == 0 ? 0 : 55 + 40 * step;
  }

  /// Relative luminance. Source: WCAG 2.1.
  private static double luminance(int colour) {
    return 0.2126 * linear(colour >> 16)
        + 0.7152 * linear(colour >> 8 & 0xff)
        + 0.0722 * linear(colour & 0xff);
  }

  private static double linear(int channel) {
    var part = channel / 255.0;
    return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }

  private static double contrast(double one, double other) {
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }
}
