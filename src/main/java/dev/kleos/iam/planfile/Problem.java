package dev.kleos.iam.planfile;

/// Something wrong with a plan file, or worth a look.
///
/// @param code stable, e.g. `KI012`
/// @param message what is wrong and what to do, in one sentence, without position
/// @param excerpt the source line, raw; empty where there is none to show
/// @param width how many characters from the column the caret underlines, at least 1
public record Problem(
    String code, Severity severity, Origin origin, String message, String excerpt, int width) {
  /// An error makes a plan invalid; a warning does not.
  public enum Severity {
    ERROR,
    WARNING
  }
}
