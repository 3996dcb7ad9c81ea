package dev.kleos.iam.cli;

import dev.kleos.iam.record.SavedChanges;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command lines that plan saved changes again and that apply them, ready to copy. What a file
/// says is quoted, and nothing of it but arguments of `plan`.
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

  /// The command that applies what is saved in a file, where it was planned.
  String apply(Path file) {
    var words = new ArrayList<>(List.of("kleos-iam", "apply", "--from", file.toString()));
    var typed = header.arguments();
    for (var i = 0; i < typed.size(); i++) {
      if (typed.get(i).equals("--emulator") || typed.get(i).startsWith("--emulator-state=")) {
        words.add(typed.get(i));
      } else if (typed.get(i).equals("--emulator-state") && i + 1 < typed.size()) {
        words.addAll(typed.subList(i, i + 2));
      }
    }
    return before + CommandText.line(words);
  }
}
