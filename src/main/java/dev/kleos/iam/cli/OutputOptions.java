package dev.kleos.iam.cli;

import dev.kleos.iam.report.Screen;
import java.io.PrintStream;
import picocli.CommandLine.Option;

/// How a command speaks.
final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if left out.")
  private Format format = Format.text;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description =
          "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} means on a terminal, unless NO_COLOR is set.")
  private Colour colour = Colour.auto;

  @Option(
      names = {"-v", "--verbose"},
      description = "Also say which line of which file each grant comes from.")
  private boolean verbose;

  boolean isJson() {
    return format == Format.json;
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
          case always -> true;
          case never -> false;
          case auto -> isTerminal && wantsColour(surroundings);
        },
        isTerminal ? surroundings.terminals().columns() : 0);
  }

  /// The convention of no-color.org: any non-empty value means no.
  private static boolean wantsColour(Surroundings surroundings) {
    var env = surroundings.env();
    return env.getOrDefault("NO_COLOR", "").isEmpty()
        && !env.getOrDefault("TERM", "").equals("dumb");
  }

  private enum Format {
    text,
    json
  }

  private enum Colour {
    auto,
    always,
    never
  }
}
