package dev.kleos.iam.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads what a token is for, as it is. A service compares it letter by letter, so that one that is
/// empty, or has what came along when it was copied, makes a token that nobody takes.
final class AudienceConverter implements ITypeConverter<String> {
  private static final String ADVICE = "; write the service's address, as in https://HOST";

  @Override
  public String convert(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("it is empty" + ADVICE);
    }
    if (text.codePoints().anyMatch(AudienceConverter::isUnseen)) {
      throw new TypeConversionException("it has a blank or a character that is not seen" + ADVICE);
    }
    return text;
  }

  private static boolean isUnseen(int point) {
    return Character.isSpaceChar(point)
        || Character.isISOControl(point)
        || Character.getType(point) == Character.FORMAT;
  }
}
