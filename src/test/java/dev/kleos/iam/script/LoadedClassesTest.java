package dev.kleos.iam.script;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.disk.LocalDisk;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.record.SavedChanges;
import dev.kleos.iam.record.SavedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Only what a command needs is loaded: the JVM itself lists it. Without the start-up cache, which
/// has all that any command may need.
class LoadedClassesTest {
  private static final Pattern LOADED =
      Pattern.compile("\\] (\\S+) source: jrt:/dev\\.kleos\\.iam");

  /// What is not of our own, and may be part of a command that works offline.
  private static final Set<String> LIBRARIES =
      Set.of("picocli", "org.snakeyaml.engine", "com.google.gson", "org.jspecify");

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "plan --help",
        "grant --help",
        "schema",
        "validate",
        "plam",
        "plan --emulater",
        "show changes.json",
        "init --project kleos-demo new.yaml"
      })
  void aCommandThatWorksOffline_loadsNothingOfGoogles(String command) throws Exception {
    assertThat(loaded(command)).isNotEmpty().allMatch(LoadedClassesTest::isLight);
  }

  /// Otherwise the other test could not fail.
  @Test
  void aCommandThatAsksGoogle_loadsItsLibraries() throws Exception {
    assertThat(loaded("plan --emulator"))
        .anyMatch(name -> name.startsWith("com.google.cloud."))
        .anyMatch(name -> name.startsWith("io.grpc."));
  }

  /// The classes of ours and of libraries; the JDK's are not of interest.
  private Set<String> loaded(String command) throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("plans"));
    Files.writeString(
        folder.resolve("plans/kleos.yaml"), Files.readString(Path.of("plans/kleos.yaml")));
    save(folder.resolve("changes.json"));
    var log = folder.resolve("classes");
    var lib = Installed.BUILT.resolve("lib");
    var words =
        new ArrayList<>(
            List.of(
                lib.resolve("runtime/bin/java").toString(),
                "@" + lib.resolve("java.options"),
                "-Xlog:class+load:file=" + log,
                "-m",
                "dev.kleos.iam/dev.kleos.iam.Main"));
    words.addAll(Arrays.asList(command.split(" ", -1)));
    var process = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
    process.redirectOutput(folder.resolve("output").toFile()).start().waitFor();
    return Files.readAllLines(log).stream()
        .map(LOADED::matcher)
        .filter(matcher -> matcher.find())
        .map(matcher -> matcher.group(1))
        .collect(toCollection(TreeSet::new));
  }

  private static void save(Path file) throws IOException {
    var header =
        new SavedChanges.Header(
            Instant.EPOCH,
            Instant.EPOCH.plus(SavedChanges.LIFETIME),
            "Google Cloud",
            "",
            "1",
            List.of(),
            new SavedChanges.Said(25, 10, 20, List.of()),
            List.of());
    var desired = new DesiredState(List.of(), List.of(), Map.of());
    new SavedFile(new LocalDisk(), file)
        .save(new SavedChanges(header, desired, Map.of(), ChangeSet.EMPTY));
  }

  /// An exception of the emulator's is caught by name.
  private static boolean isLight(String name) {
    return name.startsWith("dev.kleos.iam.")
        ? !name.matches("dev\\.kleos\\.iam\\.(google|emulator)\\.(?!StateFileException$).*")
        : LIBRARIES.stream().anyMatch(library -> name.startsWith(library + "."));
  }
}
