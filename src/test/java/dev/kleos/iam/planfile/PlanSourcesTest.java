package dev.kleos.iam.planfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanSourcesTest {
  @TempDir private Path directory;

  @Test
  void find_withoutArguments_takesTheFolderBeforeTheFile() throws IOException {
    write("kleos-iam.yaml");
    assertThat(names()).containsExactly("kleos-iam.yaml");

    write("plans/a.yaml");
    assertThat(names()).containsExactly("plans/a.yaml");
  }

  @Test
  void find_withoutArgumentsAndFiles_saysWhatWasLookedFor() {
    assertThatThrownBy(this::names)
        .isInstanceOf(NoPlanException.class)
        .hasMessage(
            "there is neither a folder plans/ nor a file kleos-iam.yaml here; name a plan file or a"
                + " folder of them, or write one with kleos-iam init");
  }

  @Test
  void find_ofAFolder_takesYamlAtAnyDepthInOrderButNothingHidden() throws IOException {
    for (var name : List.of("b.yml", "a.yaml", "sub/c.yaml", ".git/d.yaml", ".e.yaml", "f.txt")) {
      write("p/" + name);
    }

    assertThat(names("p")).containsExactly("p/a.yaml", "p/b.yml", "p/sub/c.yaml");
    assertThat(names("p/")).containsExactly("p/a.yaml", "p/b.yml", "p/sub/c.yaml");
  }

  @Test
  void find_ofTheSameFileTwice_takesItOnceByItsFirstName() throws IOException {
    write("p/a.yaml");

    assertThat(names("p/a.yaml", "p", "./p/a.yaml")).containsExactly("p/a.yaml");
  }

  @Test
  void find_followsALinkToAFolder_andTakesEndingsInAnyCase() throws IOException {
    Files.createDirectories(directory.resolve("teams"));
    Files.writeString(directory.resolve("teams/b.YAML"), "");
    Files.createDirectories(directory.resolve("p"));
    Files.createSymbolicLink(directory.resolve("p/linked"), directory.resolve("teams"));

    assertThat(names("p")).containsExactly("p/linked/b.YAML");
  }

  @Test
  void find_ofAFolderThatHoldsItself_ends() throws IOException {
    Files.createDirectories(directory.resolve("p"));
    Files.createSymbolicLink(directory.resolve("p/again"), directory.resolve("p"));

    assertThatThrownBy(() -> names("p")).isInstanceOf(NoPlanException.class);
  }

  @Test
  void find_ofWhatIsMissing_namesIt() throws IOException {
    Files.createDirectory(directory.resolve("empty"));

    assertThatThrownBy(() -> names("nope.yaml"))
        .isInstanceOf(NoPlanException.class)
        .hasMessage("there is no plan file \"nope.yaml\"; name a plan file or a folder of them");
    Files.writeString(directory.resolve("kleos.yaml"), "");
    assertThatThrownBy(() -> names("kloes.yaml"))
        .hasMessage("there is no plan file \"kloes.yaml\"; did you mean \"kleos.yaml\"?");
    assertThatThrownBy(() -> names("")).isInstanceOf(NoPlanException.class);
    assertThatThrownBy(() -> names("nul\0")).isInstanceOf(NoPlanException.class);
    assertThatThrownBy(() -> names("empty"))
        .isInstanceOf(NoPlanException.class)
        .hasMessage(
            "the folder \"empty\" holds no .yaml or .yml file; name a plan file or a folder of"
                + " them");
  }

  @Test
  void find_ofTenMegabytes_isAProblem() throws IOException {
    Files.write(directory.resolve("large.yaml"), new byte[10 << 20]);

    Golden.check("generated-too-large", compile("large.yaml"));
  }

  @Test
  void find_ofAFolderNamedAsAFile_isAProblem() throws IOException {
    Files.createDirectories(directory.resolve("p/x.yaml"));

    Golden.check("generated-not-a-file", compile("p"));
  }

  @Test
  void find_ofAPipeThatNobodyWrites_doesNotWait() throws Exception {
    var pipe = directory.resolve("pipe.yaml");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    var plan = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> compile("pipe.yaml"));

    assertThat(plan.problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.FILE_UNREADABLE.code());
  }

  @Test
  void find_ofAnEndlessFile_doesNotReadIt() {
    var plan = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> compile("/dev/zero"));

    assertThat(plan.isValid()).isFalse();
  }

  private CompiledPlan compile(String arg) {
    return PlanCompiler.compile(
        PlanSources.find(directory, List.of(arg)), Settings.NONE, Golden.NOW);
  }

  private List<String> names(String... args) {
    return PlanSources.find(directory, List.of(args)).stream().map(PlanSource::name).toList();
  }

  private void write(String name) throws IOException {
    var file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "version: 1\n", UTF_8);
  }
}
