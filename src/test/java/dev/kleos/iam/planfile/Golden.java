package dev.kleos.iam.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Invisible;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a plan file is understood as, in text, kept beside it. `-Dgoldens=rewrite` writes it anew.
final class Golden {
  static final Path FOLDER = Path.of("src/test/resources/planfile");
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private static final Comparator<Grant.Assignment> BY_ROLE_AND_PRINCIPAL =
      Comparator.comparing(Grant.Assignment::role).thenComparing(Grant.Assignment::principal);

  private Golden() {}

  /// Holds what was understood against the files `NAME.problems` and `NAME.desired`; there is none
  /// where there is nothing to say.
  static void check(String name, CompiledPlan plan) throws IOException {
    compare(FOLDER.resolve(name + ".problems"), problems(plan.problems()));
    compare(FOLDER.resolve(name + ".desired"), plan.isValid() ? desired(plan) : "");
  }

  static String problems(List<Problem> problems) {
    var text = new StringBuilder();
    for (var problem : problems) {
      var origin = problem.origin();
      text.append(
          "%s:%d:%d: %s %s%s%n"
              .formatted(
                  origin.file(),
                  origin.line(),
                  origin.column(),
                  problem.code(),
                  problem.severity() == Problem.Severity.WARNING ? "(warning) " : "",
                  problem.message().replace("\n", "\\n")));
      if (!problem.excerpt().isEmpty()) {
        text.append("    ").append(problem.excerpt()).append('\n');
        text.append("    ").append(" ".repeat(problem.caret() - 1));
        text.append("^".repeat(problem.width())).append('\n');
      }
    }
    return visible(text.toString());
  }

  private static String desired(CompiledPlan plan) {
    var text = new StringBuilder();
    var state = plan.desired();
    for (var account : state.accounts()) {
      text.append(
          "account %s displayName=%s description=%s%s%n"
              .formatted(
                  account.resource().name(),
                  account.displayName(),
                  account.description(),
                  place(plan.origins().of(account.resource()).orElseThrow())));
    }
    for (var policy : state.policies()) {
      text.append(
          "policy %s unmanaged=%s%s%n"
              .formatted(
                  policy.resource().name(),
                  policy.unmanaged(),
                  place(plan.origins().of(policy.resource()).orElseThrow())));
      text.append("  manages %s%n".formatted(new TreeSet<>(policy.managedRoles())));
      for (var grant : policy.grants()) {
        var allowance = policy.allowances().get(grant);
        text.append(
            "  %s %s%s%s%s%n"
                .formatted(
                    grant.role(),
                    grant.principal(),
                    grant.condition() == null ? "" : " if " + grant.condition(),
                    allowance == null ? "" : " allow " + allowance,
                    place(plan.origins().of(policy.resource(), grant.assignment()).orElseThrow())));
      }
      for (var ended : policy.ended().stream().sorted(BY_ROLE_AND_PRINCIPAL).toList()) {
        text.append(
            "  ended %s %s%s%n"
                .formatted(
                    ended.role(),
                    ended.principal(),
                    place(plan.origins().of(policy.resource(), ended).orElseThrow())));
      }
    }
    return text + numbers(state);
  }

  private static String numbers(DesiredState state) {
    return state.projectNumbers().entrySet().stream()
        .map(number -> "project %s is %s%n".formatted(number.getKey(), number.getValue()))
        .sorted()
        .collect(Collectors.joining());
  }

  private static String place(Origin origin) {
    var reason = origin.reason() == null ? "" : " \"" + origin.reason() + '"';
    return " @" + origin.file() + ":" + origin.line() + ":" + origin.column() + reason;
  }

  /// Golden files are read by people: what cannot be seen is spelled out.
  private static String visible(String text) {
    var visible = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (c == '\t' || Characters.isControl(c) || Invisible.isHidden(c)) {
            visible.append("\\u{%x}".formatted(c));
          } else {
            visible.appendCodePoint(c);
          }
        });
    return visible.toString();
  }

  private static void compare(Path file, String actual) throws IOException {
    if ("rewrite".equals(System.getProperty("goldens"))) {
      if (actual.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        Files.writeString(file, actual);
      }
    }
    assertThat(actual)
        .as(file.toString())
        .isEqualTo(Files.exists(file) ? Files.readString(file) : "");
  }
}
