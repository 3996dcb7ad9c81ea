package dev.kleos.iam.cli;

import static java.util.stream.Collectors.joining;

import dev.kleos.iam.planner.Consent;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `last-grant` and the like.
final class ConsentConverter implements ITypeConverter<Consent> {
  @Override
  public Consent convert(String text) {
    return Arrays.stream(Consent.values())
        .filter(consent -> consent.spelling().equals(text))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of " + all()));
  }

  private static String all() {
    return Arrays.stream(Consent.values()).map(Consent::spelling).collect(joining(", "));
  }
}
