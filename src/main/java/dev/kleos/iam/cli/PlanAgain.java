package dev.kleos.iam.cli;

import dev.kleos.iam.record.SavedChanges;
import java.util.ArrayList;
import java.util.List;

/// The command line that planned saved changes, ready to copy. What a file says is quoted, and
/// nothing of it but arguments of `plan`.
///
/// @param before what stands before it, so that it leads to the same place
record PlanAgain(String before, SavedChanges.Header header) {
  PlanAgain(Session session, SavedChanges.Header header) {
    this(session.options().clouds().before(session.surroundings()), header);
  }

  /// The same with some flags more.
  String with(List<String> flags) {
    var words = new ArrayList<>(List.of("kleos-iam", "plan"));
    words.addAll(flags);
    words.addAll(header.arguments());
    return before + CommandText.line(words);
  }
}
