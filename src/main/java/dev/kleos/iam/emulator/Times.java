package dev.kleos.iam.emulator;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/// Times as faults and the clock are told them: `200ms`, `30s`, `5m`, `24h`, `2d`.
public final class Times {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,6})(ms|s|m|h|d)");

  private Times() {}

  /// In the largest unit that leaves nothing over.
  public static String of(Duration time) {
    var millis = time.toMillis();
    if (millis % 1000 > 0) {
      return millis + "ms";
    }
    var seconds = time.toSeconds();
    if (seconds == 0 || seconds % 60 > 0) {
      return seconds + "s";
    }
    if (seconds % 3600 > 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 > 0 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
  }

  /// What `{"advance": "24h"}` asks for.
  ///
  /// @param source what the text is called in complaints
  /// @throws UnreadableException where it is something else
  public static Duration advance(byte[] text, String source) {
    return new JsonDocument(source)
        .read(
            text,
            root -> {
              root.members(Set.of("advance"));
              return of(root.member("advance"));
            });
  }

  static Duration of(JsonNode node) {
    var shape = SHAPE.matcher(node.text());
    if (!shape.matches()) {
      throw node.wrong("must be a time, such as 200ms, 30s, 5m, 24h or 2d");
    }
    var number = Long.parseLong(shape.group(1));
    return switch (shape.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
