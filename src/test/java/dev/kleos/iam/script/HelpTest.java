package dev.kleos.iam.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.google.GoogleOnLoopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Help fits a screen, leaves nothing out that the full one has, and its examples work.
class HelpTest {
  private static final int LINES = 24;
  private static final int COLUMNS = 80;
  private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z]+) {2,}\\S");
  private static final Pattern OPTION = Pattern.compile("(?m)^  (?:-\\w, )?(--[a-z-]+)");

  /// A line to copy, after what it is for.
  private static final Pattern EXAMPLE =
      Pattern.compile("(?m)^  (?:[^\n:]+: +)?(kleos-iam .*|export .*|[A-Z]+=\\$\\(.*\\))$");

  @TempDir private Path folder = Path.of("");

  static List<String> commands() throws IOException {
    var help = print("kleos-iam --help");
    var names = new ArrayList<>(List.of("kleos-iam"));
    var matcher = COMMAND.matcher(help.substring(help.indexOf("Commands:")));
    while (matcher.find()) {
      names.add("kleos-iam " + matcher.group(1));
    }
    assertThat(names).hasSizeGreaterThan(12);
    return names;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_ofACommand_fitsAScreen(String command) throws IOException {
    var lines = print(command + " --help").lines().toList();

    assertThat(lines).hasSizeLessThanOrEqualTo(LINES);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void fullHelp_namesEveryOption_andEachLineOfTheShortOne(String command) throws IOException {
    var name = command.replace("kleos-iam ", "");
    var full = print("kleos-iam help " + name);

    assertThat(full.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
    var options = new HashSet<String>();
    var matcher = OPTION.matcher(full);
    while (matcher.find()) {
      options.add(matcher.group(1));
    }
    assertThat(options).contains("--help", "--version");
    var brief = print(command + " --help");
    Pattern.compile("--[a-z-]+\\b")
        .matcher(brief.replaceAll("(?m)^  .*kleos-iam .*$", ""))
        .results()
        .forEach(option -> assertThat(options).contains(option.group()));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyExample_works(String command) throws IOException {
    var examples = new ArrayList<String>();
    EXAMPLE
        .matcher(print(command + " --help"))
        .results()
        .forEach(example -> examples.add(example.group(1)));

    assertThat(examples).isNotEmpty();
    for (var example : examples) {
      var place = Files.createDirectory(folder.resolve("example" + examples.indexOf(example)));
      try (var runner = new ScriptRunner(place)) {
        runner.write(Map.of("google.json", world()));
        var line =
            example.replaceFirst("^[A-Z]+=\\$\\((.*)\\)$", "$1").replaceFirst(" > \\S+$", "");
        if (!line.startsWith("kleos-iam init")) {
          runner.write(Map.of("kleos-iam.yaml", Files.readString(Path.of("plans/kleos.yaml"))));
        }
        if (line.matches("kleos-iam (show|apply --from) .*")) {
          runner.run(new Script.Step("", "kleos-iam plan --out changes.json", ""));
        }
        if (line.startsWith("kleos-iam exec")) {
          runner.write(
              Map.of(
                  "home/.config/gcloud/application_default_credentials.json",
                  GoogleOnLoopback.login("eve@example.com", "eve@example.com", "")));
          line = line.replaceFirst("-- gcloud .*", "-- true");
        }
        if (line.matches("kleos-iam (history|undo)( 12)?")) {
          runner.run(new Script.Step("", "kleos-iam grant eve@example.com --yes", ""));
          line = line.replace(" 12", " 1");
        }
        if (line.startsWith("kleos-iam emulator")) {
          line += " &";
        } else if (asks(line)) {
          line +=
              "  # types: " + (line.equals("kleos-iam init") ? "kleos-demo\\n\\n\\n\\n" : "yes");
        }

        assertThat(runner.run(new Script.Step("", line, ""))).as(line).doesNotContain("[exit");
      }
    }
  }

  /// Where the plan is in place.
  private String world() throws IOException {
    var place = Files.createTempDirectory(folder, "world");
    try (var runner = new ScriptRunner(place)) {
      runner.write(Map.of("kleos-iam.yaml", Files.readString(Path.of("plans/kleos.yaml"))));
      var applied = runner.run(new Script.Step("", "kleos-iam apply --yes", ""));
      assertThat(applied).doesNotContain("[exit");
      return Files.readString(place.resolve("google.json"));
    }
  }

  private static boolean asks(String line) {
    return Stream.of("init", "apply", "grant", "revoke", "undo")
            .anyMatch(it -> line.startsWith("kleos-iam " + it))
        && !line.matches(".* --(yes|dry-run|project).*");
  }

  private static String print(String line) throws IOException {
    try (var runner = new ScriptRunner(Path.of("target"))) {
      return runner.run(new Script.Step("", line, ""));
    }
  }
}
