package dev.kleos.iam.cli;

import dev.kleos.iam.planner.Consent;
import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `last-grant` and the like.
final class ConsentConverter implements ITypeConverter<Consent> {
  @Override
  public Consent convert(String text) {
    return Consent.spelled(text)
        .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of " + all()));
  }

  private static String all() {
    return String.join(", ", new All());
  }

  /// All that may be said.
  static final class All implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Consent.values()).map(Consent::spelling).iterator();
    }
  }
}
