package dev.kleos.iam.planfile;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each file of `src/test/resources/planfile`, and each folder as one run, against its goldens.
/// Those named `good-` are valid, all others are not.
class GoldenPlansTest {
  @ParameterizedTest
  @MethodSource("plans")
  void plan_isUnderstoodAsItsGoldensSay(String name) throws IOException {
    var sources = PlanSources.find(Golden.FOLDER, List.of(name));

    var plan = PlanCompiler.compile(sources, Settings.NONE, Golden.NOW);

    Golden.check(name.replace(".yaml", ""), plan);
    assertThat(plan.isValid()).as("valid").isEqualTo(name.startsWith("good-"));
  }

  @Test
  void everyCode_occursInAGolden() throws IOException {
    var found = new TreeSet<String>();
    try (var files = Files.list(Golden.FOLDER)) {
      for (var file : files.filter(f -> f.toString().endsWith(".problems")).toList()) {
        Pattern.compile("(?m)^\\S+: (KI\\d{3}) ")
            .matcher(Files.readString(file))
            .results()
            .forEach(match -> found.add(match.group(1)));
      }
    }

    assertThat(found)
        .isEqualTo(
            Arrays.stream(ProblemCode.values())
                .map(ProblemCode::code)
                .collect(toCollection(TreeSet::new)));
  }

  static List<String> plans() throws IOException {
    try (Stream<Path> files = Files.list(Golden.FOLDER)) {
      return files
          .filter(file -> Files.isDirectory(file) || file.toString().endsWith(".yaml"))
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
