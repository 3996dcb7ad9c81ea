package dev.kleos.iam.cli;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.planfile.PrincipalArgument;
import java.util.List;
import java.util.Map;

/// The principals of a command line, and how it would read with another of them.
///
/// @param texts the principals, each once, with what was typed for them
record TypedPrincipals(Session session, AccessWords words, Map<PrincipalArgument, String> texts) {
  List<PrincipalArgument> arguments() {
    return List.copyOf(texts.keySet());
  }

  List<Principal> principals() {
    return texts.keySet().stream().map(PrincipalArgument::principal).toList();
  }

  /// All of them, as they were typed.
  String who() {
    return String.join(", ", texts.values());
  }

  /// A principal in another spelling, as it would be typed: what its address tells was not typed
  /// before.
  String spelledLike(Principal principal, String spelling) {
    var isBare = !textOf(principal).contains(":");
    return isBare && PrincipalArgument.isToldByAddress(spelling)
        ? Principal.of(spelling).value()
        : spelling;
  }

  /// The command line with another spelling of one principal.
  String command(Principal principal, String spelling) {
    return session.command(
        words.verb(), Map.of(textOf(principal), spelledLike(principal, spelling)));
  }

  private String textOf(Principal principal) {
    return texts.entrySet().stream()
        .filter(entry -> entry.getKey().principal().equals(principal))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElseGet(principal::spelling);
  }
}
