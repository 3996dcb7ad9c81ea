package dev.kleos.iam.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The README's table of the narrowest roles.
final class NarrowestRoles {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern CUSTOM = Pattern.compile("--permissions=(\\S+)");

  private NarrowestRoles() {}

  /// A role that somebody needs.
  ///
  /// @param reader who, such as `CI job`
  /// @param when what only some of them do; empty where all do
  /// @param on where the role is granted: the `project`, the `account` or the `service`
  /// @param permissions what of the role is needed
  record Row(String reader, String when, String role, String on, Set<String> permissions) {
    @Override
    public String toString() {
      return reader + " " + when + ": " + role + " on the " + on;
    }
  }

  static List<Row> rows() throws IOException {
    var rows = new ArrayList<Row>();
    var reader = "";
    var when = "";
    for (var line : section().lines().filter(it -> it.startsWith("| ")).skip(1).toList()) {
      var cells = line.split("\\|", -1);
      var who = cells[1].strip();
      if (who.startsWith("**")) {
        reader = who.split("\\*\\*", -1)[1];
        when = "";
      } else if (!who.isEmpty()) {
        when = who;
      }
      var on = cells[3].strip().replaceFirst("^(the|each) ", "");
      rows.add(new Row(reader, when, codes(cells[2]).getFirst(), on, permissions(cells[4])));
    }
    return rows;
  }

  /// The permissions of the custom role.
  static Set<String> custom() throws IOException {
    var found = CUSTOM.matcher(section());
    return found.find() ? new TreeSet<>(List.of(found.group(1).split(","))) : Set.of();
  }

  private static String section() throws IOException {
    var readme = Files.readString(Path.of("README.md"));
    return readme.split("### The narrowest roles\n", -1)[1].split("\n## ", -1)[0];
  }

  /// Of a permission that is not the first of its kind, only the end is written.
  private static Set<String> permissions(String cell) {
    var permissions = new TreeSet<String>();
    var kind = "";
    for (var code : codes(cell)) {
      kind = code.contains(".") ? code.substring(0, code.lastIndexOf('.') + 1) : kind;
      permissions.add(code.contains(".") ? code : kind + code);
    }
    return permissions;
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
  }
}
