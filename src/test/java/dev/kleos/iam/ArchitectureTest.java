package dev.kleos.iam;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.doNot;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.kleos.iam.cli.LocalPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/// The arrows of the design, and the size of the house: what is not drawn is forbidden.
class ArchitectureTest {
  private static final String ROOT = "dev.kleos.iam";
  private static final Path SOURCES = Path.of("src/main/java");

  /// A package in the table of ARCHITECTURE.md, and the ones of ours that it may use besides
  /// itself.
  private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\|.*\\| ([a-z, ]+) \\|");

  private static final Map<String, Set<String>> ARROWS = drawn();

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void everyPackage_isDrawn() {
    var found = new TreeSet<String>();
    for (var one : HOUSE) {
      if (!one.getPackageName().equals(ROOT)) {
        found.add(one.getPackageName().substring(ROOT.length() + 1));
      }
    }

    assertThat(found).isEqualTo(new TreeSet<>(ARROWS.keySet()));
  }

  @Test
  void anArrowThatIsNotDrawn_isForbidden() {
    ARROWS.forEach((from, to) -> {
      var allowed =
          Stream.concat(Stream.of(from), to.stream())
              .map(ArchitectureTest::full)
              .toArray(String[]::new);
      classes()
          .that()
          .resideInAPackage(full(from))
          .should()
          .onlyDependOnClassesThat(
              resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(allowed)))
          .check(HOUSE);
    });
  }

  @Test
  void nobodyUsesMain_andMainUsesTheCommandLineAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(HOUSE);
    classes()
        .that()
        .resideInAPackage(ROOT)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(ROOT, ROOT + ".cli")))
        .check(HOUSE);
  }

  @Test
  void theModel_isPureJdk() {
    classes()
        .that()
        .resideInAPackage(full("model"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", full("model"))
        .check(HOUSE);
  }

  @Test
  void thePlanner_doesNoInputOrOutput_andAsksForNoTime() {
    noClasses()
        .that()
        .resideInAnyPackage(full("planner"), full("model"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..")
        .orShould()
        .callMethod(Instant.class, "now")
        .check(HOUSE);
  }

  @Test
  void googlesLibraries_areSeenInOnePackage_andItsWireInTheEmulator() {
    noClasses()
        .that()
        .resideOutsideOfPackages(full("google"), full("emulator.."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.google.cloud..",
            "com.google.api..",
            "com.google.iam..",
            "com.google.auth..",
            "com.google.protobuf..",
            "com.google.rpc..",
            "com.google.type..",
            "io.grpc..")
        .check(HOUSE);
    noClasses()
        .that()
        .resideInAPackage(full("emulator.."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.api.gax..", "com.google.auth..")
        .check(HOUSE);
  }

  @Test
  void reports_seeOfTheCloudItsCallCountAndItsCallerOnly() {
    noClasses()
        .that()
        .resideInAPackage(full("report"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(full("cloud"))
                .and(
                    doNot(
                        describe(
                            "be ApiCalls or Caller",
                            it -> it.getName().matches(".*\\.cloud\\.(ApiCalls|Caller(\\$.*)?)")))))
        .check(HOUSE);
  }

  @Test
  void terminals_areTheBusinessOfTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, full("cli"))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .accessField(System.class, "in")
        .check(HOUSE);
  }

  @Test
  void exit_isCalledByMainAlone() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Main.class.getName())
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(HOUSE);
  }

  /// So no secret can stand among the arguments of one, which everybody on the machine can read:
  /// the only ones are what the user has `exec` run, and what sends it signals.
  @Test
  void noProcess_isStarted_butTheUsersOwn() {
    noClasses()
        .that(
            describe(
                "are not what runs the user's programs",
                it -> !it.getName().startsWith(LocalPrograms.class.getName())))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ProcessBuilder.class.getName())
        .orShould()
        .callMethodWhere(
            describe(
                "starts a process",
                call ->
                    call.getTargetOwner().isEquivalentTo(Runtime.class)
                        && call.getName().equals("exec")))
        .check(HOUSE);
  }

  @Test
  void commands_haveAtMost80Lines_andInheritFromNoOther() throws IOException {
    var commands = HOUSE.stream().filter(it -> it.isAnnotatedWith(Command.class)).toList();

    assertThat(commands).isNotEmpty();
    for (var command : commands) {
      assertThat(lines(source(command))).as(command.getName()).isLessThanOrEqualTo(80);
      assertThat(command.getRawSuperclass().stream().map(JavaClass::getName))
          .as(command.getName())
          .isSubsetOf("java.lang.Object", "java.lang.Record");
    }
  }

  @Test
  void files_haveAtMost300Lines_andTheMedianIsUnder100() throws IOException {
    var lengths = new ArrayList<Long>();
    for (var file : sources()) {
      var length = lines(file);
      assertThat(length).as(file.toString()).isLessThanOrEqualTo(300);
      lengths.add(length);
    }

    lengths.sort(null);
    assertThat(lengths.get(lengths.size() / 2)).isLessThan(100);
  }

  @Test
  void everyPackage_isNullMarked() throws IOException {
    var packages = sources().stream().map(Path::getParent).collect(toCollection(TreeSet::new));

    assertThat(packages)
        .allSatisfy(folder ->
            assertThat(folder.resolve("package-info.java")).content().contains("@NullMarked"));
  }

  private static String full(String packageName) {
    return ROOT + "." + packageName;
  }

  private static Path source(JavaClass one) {
    return SOURCES.resolve(one.getName().replaceFirst("\\$.*", "").replace('.', '/') + ".java");
  }

  private static List<Path> sources() throws IOException {
    try (var files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static long lines(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.count();
    }
  }

  private static Map<String, Set<String>> drawn() {
    var arrows = new LinkedHashMap<String, Set<String>>();
    var known = new LinkedHashMap<String, String>();
    try (var lines = Files.lines(Path.of("ARCHITECTURE.md"))) {
      lines
          .map(ROW::matcher)
          .filter(Matcher::matches)
          .forEach(row -> known.put(row.group(1), row.group(2)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    known.forEach((from, to) ->
        arrows.put(
            from,
            switch (to) {
              case "nothing" -> Set.of();
              case "everything" -> known.keySet();
              default -> Set.of(to.split(", "));
            }));
    return arrows;
  }
}
