package dev.kleos.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every promise of ARCHITECTURE.md and SECURITY.md names a test, and the test is there.
class PromisesTest {
  private static final Path ARCHITECTURE = Path.of("ARCHITECTURE.md");
  private static final Path SECURITY = Path.of("SECURITY.md");
  private static final Path TESTS = Path.of("src/test/java");
  private static final Path SCRIPTS = Path.of("src/test/resources/script");
  private static final Pattern METHOD = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
  private static final Pattern CLASS = Pattern.compile("`(\\w+Test)`");
  private static final Pattern SCRIPT = Pattern.compile("`([\\w-]+\\.txtar)`");

  @Test
  void everyTestThatIsNamed_isThere() throws IOException {
    var text = Files.readString(ARCHITECTURE) + Files.readString(SECURITY);
    var missing = new TreeSet<String>();
    for (var found : METHOD.matcher(text).results().toList()) {
      if (!source(found.group(1)).contains("void " + found.group(2) + "(")) {
        missing.add(found.group());
      }
    }
    for (var found : CLASS.matcher(text).results().toList()) {
      if (source(found.group(1)).isEmpty()) {
        missing.add(found.group());
      }
    }
    for (var found : SCRIPT.matcher(text).results().toList()) {
      if (!Files.exists(SCRIPTS.resolve(found.group(1)))) {
        missing.add(found.group());
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void everyRowOfTheTables_namesATest() throws IOException {
    var tables =
        List.of(
            rows(ARCHITECTURE, "## Promises and their tests"),
            rows(ARCHITECTURE, "## What users of other tools complain of"),
            rows(SECURITY, "## Promises"));

    assertThat(tables).allSatisfy(rows -> assertThat(rows).hasSizeGreaterThan(20));
    assertThat(tables.stream().flatMap(List::stream))
        .allSatisfy(row ->
            assertThat(
                    METHOD.matcher(row).find()
                        || CLASS.matcher(row).find()
                        || SCRIPT.matcher(row).find())
                .as(row)
                .isTrue());
  }

  /// The rows of the first table below a heading.
  private static List<String> rows(Path file, String heading) throws IOException {
    return Files.readString(file)
        .lines()
        .dropWhile(line -> !line.equals(heading))
        .dropWhile(line -> !line.startsWith("|---"))
        .skip(1)
        .takeWhile(line -> line.startsWith("|"))
        .toList();
  }

  private static String source(String name) throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      var file = files.filter(path -> path.endsWith(name + ".java")).findFirst();
      return file.isPresent() ? Files.readString(file.get()) : "";
    }
  }
}
