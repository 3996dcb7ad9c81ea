package dev.kleos.iam.emulator;

import dev.cel.common.CelIssue;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import java.util.Optional;

/// Whether a text is an expression of the Common Expression Language at all, whatever it may mean.
///
/// A class of its own, which a world without conditions never loads: that takes its time.
final class ConditionSyntax {
  /// Without macros: what their arguments may be is not a question of form.
  private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder().build();

  private ConditionSyntax() {}

  /// What is wrong with an expression first; empty where it parses.
  static Optional<String> error(String expression) {
    return PARSER.parse(expression).getErrors().stream().findFirst().map(CelIssue::getMessage);
  }
}
