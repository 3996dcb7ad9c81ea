package dev.kleos.iam.cli;

import dev.kleos.iam.report.Screen;
import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine.Option;

/// How a command speaks.
final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if left out.")
  private Format format = Format.TEXT;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description =
          "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} means on a terminal, unless NO_COLOR is set.")
  private Colour colour = Colour.AUTO;

  @Option(
      names = {"-v", "--verbose"},
      description = "Also say which line of which file each grant comes from.")
  private boolean verbose;

  boolean isJson() {
    return format == Format.JSON;
  }

  boolean isVerbose() {
    return verbose;
  }

  /// For results.
  Screen out(Surroundings surroundings) {
    return screen(surroundings.out(), surroundings, surroundings.terminals().out());
  }

  /// For everything else.
  Screen err(Surroundings surroundings) {
    return screen(surroundings.err(), surroundings, surroundings.terminals().err());
  }

  private Screen screen(PrintStream stream, Surroundings surroundings, boolean isTerminal) {
    return new Screen(
        stream,
        switch (colour) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO -> isTerminal && wantsColour(surroundings);
        });
  }

  /// The convention of no-color.org: any non-empty value means no.
  private static boolean wantsColour(Surroundings surroundings) {
    var env = surroundings.env();
    return env.getOrDefault("NO_COLOR", "").isEmpty()
        && !env.getOrDefault("TERM", "").equals("dumb");
  }

  private enum Format {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private enum Colour {
    AUTO,
    ALWAYS,
    NEVER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
