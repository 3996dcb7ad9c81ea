package dev.kleos.iam.completion;

import java.util.List;

/// What could stand at the cursor, behind what is typed of the word and stays as it is:
/// `--account=` for example, or the accounts before a comma.
sealed interface Answer {
  /// Nothing that anybody could know.
  Answer NOTHING = new Words("", "", List.of());

  String prefix();

  /// One of these words.
  ///
  /// @param typed what is typed of it so far
  record Words(String prefix, String typed, List<Candidate> candidates) implements Answer {
    public Words {
      candidates = List.copyOf(candidates);
    }
  }

  /// The name of a file, which every shell knows best how to complete.
  record FileName(String prefix) implements Answer {}
}
