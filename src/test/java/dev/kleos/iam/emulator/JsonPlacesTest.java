package dev.kleos.iam.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A place is that of a value's first character, whatever kind of value it is.
class JsonPlacesTest {
  private static final String TEXT =
      """
      {
        "a": {"b": [1, -23, 4.5, -0, 12345678901234567890, 1e3]},
        "c": [true, false, null,
              "text", {"d": 6}, [
          7]]
      }
      """;

  @ParameterizedTest
  @CsvSource({
    "'', {",
    "a, {\"b",
    "a.b, [1",
    "a.b[0], '1,'",
    "a.b[1], -23",
    "a.b[2], 4.5",
    "a.b[3], -0",
    "a.b[4], 12345678901234567890",
    "a.b[5], 1e3",
    "c[0], true",
    "c[1], false",
    "c[2], null",
    "c[3], \"text",
    "c[4], {\"d",
    "c[4].d, 6",
    "c[5][0], 7"
  })
  void place_isThatOfTheFirstCharacter(String path, String begins) {
    var place = new Scanner(JsonPlaces.of(TEXT, path).orElseThrow()).useDelimiter(":");
    var line = TEXT.lines().toList().get(place.nextInt() - 1);

    assertThat(line.substring(place.nextInt() - 1)).startsWith(begins);
  }

  @Test
  void whatIsNotThere_hasNoPlace_andWhatIsMalformedFurtherDown_doesNoHarm() {
    assertThat(JsonPlaces.of(TEXT, "a.c")).isEmpty();
    assertThat(JsonPlaces.of("{\"a\": 1, nonsense", "a")).contains("1:7");
  }
}
