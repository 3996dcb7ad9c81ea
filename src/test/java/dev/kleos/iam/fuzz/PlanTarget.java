package dev.kleos.iam.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.CompiledPlan;
import dev.kleos.iam.planfile.PlanEditor;
import dev.kleos.iam.planfile.PlanEntry;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planfile.PlanSource;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planfile.Problem;
import dev.kleos.iam.planfile.Settings;
import dev.kleos.iam.planfile.UneditableException;
import dev.kleos.iam.report.ProblemReport;
import dev.kleos.iam.report.Screen;
import dev.kleos.iam.script.Harmless;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/// Plan files: a plan, or problems with a place in the file; and an edit that is taken back leaves
/// the file as it was.
final class PlanTarget implements Target {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Settings ANY_PROJECT = new Settings(null, "kleos-demo", false);
  private static final String NEWCOMER = "user:newcomer@fuzz.example.com";

  /// A plan file in a script.
  private static final Pattern SECTION =
      Pattern.compile("(?ms)^-- \\S+\\.yaml --\\n(.*?)(?=^-- |\\z)");

  private final List<byte[]> examples;
  private final List<byte[]> good;

  PlanTarget() throws IOException {
    var all = new ArrayList<byte[]>();
    for (var file : files("planfile", ".yaml")) {
      all.add(Files.readAllBytes(file));
    }
    for (var script : files("script", ".txtar")) {
      SECTION
          .matcher(Files.readString(script))
          .results()
          .forEach(section -> all.add(section.group(1).getBytes(UTF_8)));
    }
    examples = List.copyOf(all);
    good = all.stream().filter(PlanTarget::isGood).toList();
  }

  private static List<Path> files(String folder, String ending) throws IOException {
    try (var files = Files.walk(Path.of("src/test/resources", folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static boolean isGood(byte[] plan) {
    return new PlanFiles(List.of(PlanSource.of("good.yaml", plan)), ANY_PROJECT)
        .compile(NOW)
        .isValid();
  }

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public int cost() {
    return 1;
  }

  @Override
  public byte[] input(Random random) {
    var mutator = new Mutator(random, Dictionary.YAML);
    return switch (random.nextInt(3)) {
      case 0 -> mutator.mutate(examples);
      case 1 -> mutator.mutate(good);
      default -> mutator.mutateGently(good);
    };
  }

  @Override
  public Verdict run(byte[] input) {
    var source = PlanSource.of("fuzz.yaml", input);
    var files = new PlanFiles(List.of(source), ANY_PROJECT);
    CompiledPlan plan;
    try {
      plan = files.compile(NOW);
    } catch (PlanUsageException e) {
      return new Verdict(false, Set.of("usage"));
    }
    var outcomes = new HashSet<String>();
    plan.problems().forEach(problem -> outcomes.add(problem.code()));
    assertPlaces(input, plan.problems());
    Harmless.assertText(printed(plan.problems()));
    assertThat(files.compile(NOW)).isEqualTo(plan);
    if (!plan.isValid()) {
      assertThat(plan.desired().policies()).isEmpty();
      assertThat(plan.desired().accounts()).isEmpty();
      return new Verdict(false, outcomes);
    }
    plan.origins().entries().stream()
        .filter(entry -> !entry.inBinding() && !(entry.resource() instanceof Resource.Project))
        .findFirst()
        .ifPresent(entry -> outcomes.add(edited(source, plan, entry)));
    return new Verdict(true, outcomes);
  }

  private static String edited(PlanSource.Content before, CompiledPlan plan, PlanEntry entry) {
    var project = plan.origins().projects().getOrDefault(before.name(), "");
    try {
      var added =
          PlanEditor.add(
              before,
              project,
              entry.resource(),
              new PlanEditor.NewEntry(NEWCOMER, "2099-01-31", "it's: \"fuzz\""));
      var without = PlanEditor.remove(added, project, entry.resource(), Principal.of(NEWCOMER));
      assertThat(without.bytes()).as("an edit that is taken back").isEqualTo(before.bytes());
      return "edited";
    } catch (UneditableException e) {
      return "uneditable";
    }
  }

  private static void assertPlaces(byte[] input, List<Problem> problems) {
    var lines = new String(input, UTF_8).split("\r\n|\r|\n", -1);
    for (var problem : problems) {
      var origin = problem.origin();
      assertThat(origin.line()).as("%s", problem).isBetween(1, lines.length);
      var line = lines[origin.line() - 1];
      assertThat(origin.column())
          .as("%s", problem)
          .isBetween(1, line.codePointCount(0, line.length()) + 2);
      assertThat(problem.caret()).isPositive();
      assertThat(problem.width()).isPositive();
    }
  }

  private static String printed(List<Problem> problems) {
    var out = new ByteArrayOutputStream();
    new ProblemReport(new Screen(new PrintStream(out, true, UTF_8), false)).print(problems);
    return out.toString(UTF_8);
  }
}
