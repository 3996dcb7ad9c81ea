package dev.kleos.iam.cli;

import dev.kleos.iam.planner.RemovalLimit;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `30` and `40%`.
final class RemovalLimitConverter implements ITypeConverter<RemovalLimit> {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,7})|(\\d{1,2}|100)%");

  @Override
  public RemovalLimit convert(String text) {
    var shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no number of grants, as in 30, and no part of a policy, as in 40%");
    }
    return shape.group(1) != null
        ? RemovalLimit.ofCount(Integer.parseInt(shape.group(1)))
        : RemovalLimit.ofPercent(Integer.parseInt(shape.group(2)));
  }
}
