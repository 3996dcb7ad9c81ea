package dev.kleos.iam.cli;

import dev.kleos.iam.planner.RemovalLimit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `30` and `40%`: each says how one bound changes.
final class RemovalLimitConverter implements ITypeConverter<UnaryOperator<RemovalLimit>> {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,7})|(\\d{1,2}|100)%");

  @Override
  public UnaryOperator<RemovalLimit> convert(String text) {
    var shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no number of grants, as in 30, and no part of a policy, as in 40%");
    }
    return shape.group(1) != null
        ? limit -> limit.withCount(Integer.parseInt(shape.group(1)))
        : limit -> limit.withPercent(Integer.parseInt(shape.group(2)));
  }
}
