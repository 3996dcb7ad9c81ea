package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

/// The manual, src/main/man, is what the commands say of themselves; `make goldens` writes it anew.
class ManPagesTest {
  private static final Path MANUAL = Path.of("src/main/man");

  @Test
  void thePages_areWrittenFromTheCommands() throws IOException {
    var pages = pages();
    if (System.getProperty("goldens", "").equals("rewrite")) {
      for (var page : pages.entrySet()) {
        Files.createDirectories(page.getKey().getParent());
        Files.writeString(page.getKey(), page.getValue());
      }
    }

    assertThat(written()).isEqualTo(pages.keySet());
    for (var page : pages.entrySet()) {
      assertThat(page.getKey()).content(UTF_8).isEqualTo(page.getValue());
    }
  }

  @Test
  void everyCommandAndEveryOption_isInThem() throws IOException {
    var root = Files.readString(MANUAL.resolve("man1/kleos-iam.1"));
    for (var command : CommandPage.commands(root())) {
      var page = Files.readString(MANUAL.resolve("man1/kleos-iam-" + command.name() + ".1"));
      assertThat(root)
          .contains(Roff.bold(command.name()), Roff.bold("kleos-iam-" + command.name()));
      for (var option : command.options()) {
        for (var name : option.names()) {
          assertThat(page.contains(Roff.bold(name)))
              .as(command.name() + " " + name)
              .isEqualTo(!option.hidden());
        }
      }
      assertThat(page)
          .contains(".SH SYNOPSIS", ".SH DESCRIPTION", ".SH OPTIONS", ".SH \"EXIT STATUS\"")
          .contains(".SH EXAMPLES", ".SH \"SEE ALSO\"");
    }
  }

  @Test
  void everyVariableOfTheManual_isReadByTheProgram() throws IOException {
    var sources = new StringBuilder();
    try (var files = Files.walk(Path.of("src/main/java"))) {
      for (var file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        sources.append(Files.readString(file));
      }
    }
    var variables =
        ManWords.environment(root()).keySet().stream()
            .flatMap(names -> Stream.of(names.split(", ")))
            .toList();

    assertThat(variables).hasSizeGreaterThan(10);
    assertThat(variables)
        .allSatisfy(name ->
            assertThat(sources)
                .contains(
                    name.replace("CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE", "custom_ca_certs_file")));
  }

  @Test
  void theTools_haveNothingToComplainOf() throws Exception {
    assumeTrue(has("mandoc") && has("man"), "needs mandoc and man");
    var pages = written().stream().map(Path::toString).collect(joining(" "));

    assertThat(run("sh", "-c", "mandoc -Tlint -W style " + pages)).isEmpty();
    assertThat(run("sh", "-c", "MANWIDTH=80 man --warnings -l " + pages + " >/dev/null")).isEmpty();
  }

  private static Map<Path, String> pages() throws IOException {
    var pages = new TreeMap<Path, String>();
    var commands = new ArrayList<>(List.of(root()));
    commands.addAll(CommandPage.commands(root()));
    for (var command : commands) {
      var page = new CommandPage(command);
      pages.put(MANUAL.resolve("man1/" + page.name() + ".1"), page.text());
    }
    pages.put(MANUAL.resolve("man5/" + PlanFilePage.NAME + ".5"), PlanFilePage.text());
    return pages;
  }

  private static Set<Path> written() throws IOException {
    try (var files = Files.walk(MANUAL)) {
      return files.filter(Files::isRegularFile).collect(toCollection(TreeSet::new));
    }
  }

  private static CommandSpec root() {
    var nowhere = OutputStream.nullOutputStream();
    return CommandLines.whole(Unattended.in(Path.of(""), new LocalClouds(), nowhere, nowhere))
        .getCommandSpec();
  }

  private static boolean has(String program) throws Exception {
    return !run("sh", "-c", "command -v " + program).isEmpty();
  }

  private static String run(String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }
}
