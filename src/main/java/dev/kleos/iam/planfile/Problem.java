package dev.kleos.iam.planfile;

/// Something wrong with a plan file, or worth a look. Texts are raw, as the file has them, but
/// bounded in length.
///
/// @param code stable, e.g. `KI012`; see [ProblemCode]
/// @param message what is wrong and what to do, in one sentence, without position
/// @param excerpt the source line, of a very long line the part around the column; empty where
///   there is none to show
/// @param caret the character of the excerpt, from 1, that the origin's column is about; it differs
///   from the column where the line's beginning is cut off
/// @param width how many characters from the caret are meant, at least 1
public record Problem(
    String code,
    Severity severity,
    Origin origin,
    String message,
    String excerpt,
    int caret,
    int width) {
  /// An error makes a plan invalid; a warning does not.
  public enum Severity {
    ERROR,
    WARNING
  }
}
