package dev.kleos.iam.cli;

import dev.kleos.iam.emulator.server.EmulatorServer;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a port that has a next one, or 0.
final class PortConverter implements ITypeConverter<Integer> {
  private static final Pattern SHAPE = Pattern.compile("\\d{1,5}");

  @Override
  public Integer convert(String text) {
    if (!SHAPE.matcher(text).matches() || Integer.parseInt(text) > EmulatorServer.LAST_PORT) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is not a port with a next one; write a number from 1 to "
              + EmulatorServer.LAST_PORT
              + ", or 0 for any free pair");
    }
    return Integer.parseInt(text);
  }
}
