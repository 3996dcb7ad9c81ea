package dev.kleos.iam.planfile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever the bytes: problems or a plan, never an exception, and soon.
class HostileFilesTest {
  private static final String HEAD = "version: 1\nproject: kleos-demo\nregion: us-central1\n";
  private static final int MEBIBYTE = 1 << 20;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[", "{", "- ", "? ", "[\n", "{a: ", "- - a\n", "&a ", "!a ", "*a ", "'", "\"", "|\n", ",",
        "a", "a ", "a: ", "# ", "\\", "\t", "%", "a: b\n", "\u202e", "😀", "\r", "1", "..."
      })
  void compile_ofAMebibyteOfTheSame_endsSoon(String unit) {
    var times = MEBIBYTE / unit.getBytes(UTF_8).length - HEAD.length();

    var plan = compileSoon(HEAD + "services: " + unit.repeat(times));

    assertThat(plan.problems()).hasSizeLessThanOrEqualTo(101);
    assertThat(plan.problems())
        .allSatisfy(problem -> {
          assertThat(problem.message()).hasSizeLessThan(1000);
          assertThat(problem.excerpt()).hasSizeLessThan(400);
        });
  }

  @Test
  void compile_ofTenThousandUnknownAccounts_endsSoon() {
    var text = new StringBuilder(HEAD).append("serviceAccounts:\n");
    for (var i = 0; i < 8000; i++) {
      text.append("  account-%05d: {users: [acount-%05d]}\n".formatted(i, i + 50_000));
    }

    var plan = compileSoon(text.toString());

    assertThat(plan.problems().getLast().message()).startsWith("and 7900 more");
  }

  @Test
  void compile_ofTheSamePrincipalUnderThousandsOfConditions_endsSoon() {
    var text = new StringBuilder(HEAD).append("projectPolicy:\n  bindings:\n");
    for (var i = 0; i < 5000; i++) {
      text.append(
              "  - {role: roles/run.viewer, members: [user:a@example.com], condition: {title: t")
          .append(i)
          .append(", expression: 'true'}}\n");
    }

    assertThat(compileSoon(text.toString()).isValid()).isTrue();
  }

  @Test
  void compile_ofMutatedPlans_neverThrowsAndPointsIntoTheFile() throws IOException {
    var seeds = List.of(bytes("good-complete.yaml"), bytes("good-principals.yaml"));
    var random = new Random(20261123);
    for (var i = 0; i < 2000; i++) {
      var mutant = mutate(seeds.get(i % seeds.size()), random);

      var plan =
          PlanCompiler.compile(List.of(PlanSource.of("m.yaml", mutant)), Settings.NONE, Golden.NOW);

      var lines = new String(mutant, UTF_8).split("\r\n|\r|\n", -1);
      assertThat(plan.problems())
          .as("mutant %d", i)
          .allSatisfy(problem -> {
            var origin = problem.origin();
            assertThat(origin.line()).isBetween(1, lines.length);
            var line = lines[origin.line() - 1];
            assertThat(origin.column()).isBetween(1, line.codePointCount(0, line.length()) + 2);
            assertThat(problem.width()).isPositive();
            assertThat(problem.caret()).isPositive();
          });
      assertThat(plan.isValid() || plan.desired().policies().isEmpty()).isTrue();
    }
  }

  private static byte[] mutate(byte[] plan, Random random) {
    var snippets =
        List.of(
            "\t",
            ": ",
            "- ",
            "&a ",
            "*a",
            "!",
            "[",
            "}",
            "'",
            "\"",
            "\r",
            "\0",
            "é",
            "\u202e",
            "---\n",
            "<<: ",
            "null",
            "allUsers",
            "until: ",
            "\ufeff",
            "%",
            "#",
            "|",
            "? ");
    var bytes = plan;
    for (var edits = 1 + random.nextInt(3); edits > 0; edits--) {
      var at = random.nextInt(bytes.length);
      var until = at + random.nextInt(Math.min(8, bytes.length - at) + 1);
      var insert =
          switch (random.nextInt(3)) {
            case 0 -> new byte[0];
            case 1 -> new byte[] {(byte) random.nextInt(256)};
            default -> snippets.get(random.nextInt(snippets.size())).getBytes(UTF_8);
          };
      var before = new String(Arrays.copyOf(bytes, at), ISO_8859_1);
      var after = new String(Arrays.copyOfRange(bytes, until, bytes.length), ISO_8859_1);
      bytes = (before + new String(insert, ISO_8859_1) + after + "\n").getBytes(ISO_8859_1);
    }
    return bytes;
  }

  private static CompiledPlan compileSoon(String text) {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            PlanCompiler.compile(
                List.of(PlanSource.of("h.yaml", text)), Settings.NONE, Golden.NOW));
  }

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(Golden.FOLDER.resolve(name));
  }
}
