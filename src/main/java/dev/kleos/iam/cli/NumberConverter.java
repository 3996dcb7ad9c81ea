package dev.kleos.iam.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a whole number from 1 on.
abstract class NumberConverter implements ITypeConverter<Integer> {
  private static final Pattern SHAPE = Pattern.compile("[1-9]\\d{0,5}");

  private final int largest;

  NumberConverter(int largest) {
    this.largest = largest;
  }

  @Override
  public Integer convert(String text) {
    if (!SHAPE.matcher(text).matches() || Integer.parseInt(text) > largest) {
      throw new TypeConversionException("'" + text + "' is not a number from 1 to " + largest);
    }
    return Integer.valueOf(text);
  }
}
