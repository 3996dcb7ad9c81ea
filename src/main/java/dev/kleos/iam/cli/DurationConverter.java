package dev.kleos.iam.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `90s`, `5m`, `1h` and `2d`.
final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern SHAPE = Pattern.compile("([1-9]\\d{0,5})([smhd])");

  /// Whether a word is a time; no account has so short an id.
  static boolean isOne(String text) {
    return SHAPE.matcher(text).matches();
  }

  @Override
  public Duration convert(String text) {
    var shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a time; write a number and s, m, h or d, as in 90s, 8h or 30d");
    }
    var number = Long.parseLong(shape.group(1));
    return switch (shape.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
