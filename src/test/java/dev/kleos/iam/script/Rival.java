package dev.kleos.iam.script;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.protobuf.util.JsonFormat;
import dev.kleos.iam.emulator.Emulator;
import dev.kleos.iam.emulator.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;

/// Somebody else, with other tools: writes policies behind the program's back, and looks at what is
/// stored.
final class Rival {
  private Rival() {}

  /// Stores a policy, unchecked.
  ///
  /// @param file the policy as JSON, in the folder
  static String write(Path state, String resource, String file, Path folder) throws IOException {
    var policy = Policy.newBuilder();
    JsonFormat.parser().merge(Files.readString(folder.resolve(file)), policy);
    try (var emulator = Emulator.start(StateFile.open(state))) {
      emulator.world().putPolicy(resource, policy.build());
    }
    return "";
  }

  /// Adds a binding of many members to a policy, `user:0001@example.com` and so on.
  static String crowd(Path state, String resource, String role, String type, int number) {
    var crowd = Binding.newBuilder().setRole(role);
    for (var i = 1; i <= number; i++) {
      crowd.addMembers("%s:%04d@example.com".formatted(type, i));
    }
    try (var emulator = Emulator.start(StateFile.open(state))) {
      var policy = emulator.world().policy(resource).toBuilder();
      emulator.world().putPolicy(resource, policy.addBindings(crowd).build());
    }
    return "";
  }

  /// The stored policy, a line a grant.
  static String show(Path state, String resource) {
    try (var emulator = Emulator.start(StateFile.open(state))) {
      var policy = emulator.world().policy(resource);
      var lines = new TreeSet<String>();
      for (var binding : policy.getBindingsList()) {
        for (var member : binding.getMembersList()) {
          var when = binding.hasCondition() ? "  if " + binding.getCondition().getTitle() : "";
          lines.add(binding.getRole() + "  " + member + when);
        }
      }
      policy
          .getAuditConfigsList()
          .forEach(audit -> lines.add("audit configuration of " + audit.getService()));
      return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
  }
}
