package dev.kleos.iam.completion;

import dev.kleos.iam.report.Escape;
import java.util.Collection;
import java.util.List;

/// Something that could stand at the cursor.
///
/// @param spellings the same thing in other words, the shortest first
/// @param description what it is, for shells that show that
public record Candidate(List<String> spellings, String description) {
  /// What makes text treacherous on a screen has no place at a prompt either: nobody can type it,
  /// so such a spelling is left out.
  public Candidate {
    spellings =
        spellings.stream()
            .distinct()
            .filter(spelling -> !spelling.isEmpty() && Escape.visible(spelling).equals(spelling))
            .toList();
    description = Escape.visible(Escape.brief(description));
  }

  public static Candidate of(String spelling, String description) {
    return new Candidate(List.of(spelling), description);
  }

  /// The spelling that goes on from what is typed; where none does, the first, since zsh and fish
  /// have their own notion of what fits.
  String spelled(String typed) {
    return spellings.stream()
        .filter(spelling -> spelling.startsWith(typed))
        .findFirst()
        .orElse(spellings.getFirst());
  }

  /// Whether there is anything left to offer, and nothing that is on the line already.
  boolean isNew(Collection<String> taken) {
    return !spellings.isEmpty() && spellings.stream().noneMatch(taken::contains);
  }
}
