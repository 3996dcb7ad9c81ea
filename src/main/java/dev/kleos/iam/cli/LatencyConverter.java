package dev.kleos.iam.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `20ms` and `2s`.
final class LatencyConverter implements ITypeConverter<Duration> {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,5})(ms|s)");

  @Override
  public Duration convert(String text) {
    var shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a latency; write a number and ms or s, as in 20ms or 1s");
    }
    var number = Long.parseLong(shape.group(1));
    return shape.group(2).equals("ms") ? Duration.ofMillis(number) : Duration.ofSeconds(number);
  }
}
