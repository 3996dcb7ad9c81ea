package dev.kleos.iam.fuzz;

import java.util.List;
import java.util.stream.Stream;

/// Words that mean something to those who read.
final class Dictionary {
  /// Characters and numbers that are trouble in any text.
  static final List<String> ANY =
      List.of(
          "\0", "\r", "\r\n", "\t", "\n", "\u001b[2J", "\u202e", "\u2066", "\u200b", "\ufeff",
          "\u0085", "\u2028", "\ue000", "\ud83d\ude00", "\u00e9", "e\u0301", "```", "\n::error::x",
          "##[group]", "-1", "0", "2147483648", "9223372036854775808", "1e400", "1e-400", "NaN",
          "0x10", "1_000", "999999999999999999999999", "../../x", "%s%n", "${HOME}", "\\", "\"",
          "'", "kleos-invoker", "kleos-service", "kleos-demo", "allUsers",
          "allAuthenticatedUsers", "user:", "user:a@example.com", "USER:A@EXAMPLE.COM",
          "group:g@example.com", "deleted:user:a@example.com?uid=1", "principalSet://x",
          "roles/owner", "roles/run.invoker", "projects/kleos-demo/roles/x",
          "0000-00-00", "9999-12-31", "+1000000000-12-31T23:59:59.999999999Z",
          "-1000000000-01-01T00:00:00Z", "2026-02-30", "request.time < timestamp(\"2020\")");

  /// What YAML is made of, and the keys of plan files.
  static final List<String> YAML =
      join(
          ": ", "- ", "? ", "&a ", "*a", "!!str ", "!", "[", "]", "{", "}", ",", "#", "|", ">-",
          "%YAML 1.1\n", "---\n", "...\n", "<<: ", "null", "~", "true", "  ", "\n  ", "\n    - ",
          "[[[[[[[[", "{a: {a: {a: ", "version: 1\n", "project: ", "region: ", "userRoles: ",
          "unmanaged: remove\n", "serviceAccounts:\n", "services:\n", "projectPolicy:\n",
          "expectedProjectNumber: '1'\n", "users: ", "invokers: ", "bindings: ", "members: ",
          "role: ", "roles: ", "condition: ", "title: ", "expression: ", "principal: ", "until: ",
          "reason: ", "allow: ", "displayName: ", "description: ");

  /// What JSON is made of.
  static final List<String> JSON =
      join(
          "{", "}", "[", "]", ",", ":", "null", "true", "{}", "[]", "\"\"", "\"\\u0000\"",
          "\"\\ud800\"", "[[[[[[[[[[[[[[[[", "//", "/**/", "\"sha256\":", "\"content\":");

  private Dictionary() {}

  private static List<String> join(String... words) {
    return Stream.concat(ANY.stream(), Stream.of(words)).toList();
  }
}
