package dev.kleos.iam.planfile;

import org.jspecify.annotations.Nullable;

/// A stretch of a plan file: where a problem is shown, and what an edit would replace.
///
/// @param line from 1
/// @param column from 1, in characters
/// @param start offset of its first character, in code points, a byte order mark not counted
/// @param end offset after its last character
record Span(String file, int line, int column, int start, int end) {
  /// The beginning of a file: the place of what concerns it as a whole.
  static Span startOf(String file) {
    return new Span(file, 1, 1, 0, 0);
  }

  /// The stretch as the origin of what it asks for.
  Origin origin(@Nullable String reason) {
    return new Origin(file, line, column, reason);
  }

  /// How a message at another place speaks of this one.
  String seenFrom(Span other) {
    return file.equals(other.file) ? "line " + line : file + ":" + line;
  }
}
