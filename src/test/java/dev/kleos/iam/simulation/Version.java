package dev.kleos.iam.simulation;

import dev.kleos.iam.model.AllowPolicy;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/// A policy between two writes.
///
/// @param lines what Google holds, to the letter
/// @param exemptions how many its audit logs spare
/// @param since when it was written
/// @param author the process that wrote it
/// @param sent what that process wanted it to hold
record Version(
    String etag,
    Set<Line> lines,
    Set<Line> keys,
    int exemptions,
    Instant since,
    String author,
    Set<Line> sent) {
  static Version of(
      String etag, Set<Line> lines, int exemptions, Instant since, String author, Set<Line> sent) {
    var copy = Collections.unmodifiableSet(new LinkedHashSet<>(lines));
    return new Version(etag, copy, Line.keys(copy), exemptions, since, author, sent);
  }

  /// The same as the program sees it.
  AllowPolicy policy() {
    return AllowPolicy.of(etag, lines.stream().map(Line::grant).toList())
        .withExemptions(exemptions);
  }
}
