package dev.kleos.iam.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.model.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanCompilerTest {
  private static final String ACCOUNT = "version: 1\nserviceAccounts: {kleos-invoker: {}}\n";

  @Test
  void compile_ofTheExample_hasNoProblemAtAll() {
    var sources = PlanSources.find(Path.of(""), List.of("plans/kleos.yaml"));

    var plan = PlanCompiler.compile(sources, Settings.NONE, Golden.NOW);

    assertThat(plan.problems()).isEmpty();
    assertThat(plan.desired().accounts()).hasSize(1);
    assertThat(plan.desired().policies()).hasSize(2);
  }

  @Test
  void project_ofTheFile_needsNoOther() {
    assertThat(
            projectOf(
                "version: 1\nproject: kleos-demo\nserviceAccounts: {kleos-invoker: }\n",
                new Settings(null, "env-project", false)))
        .isEqualTo("kleos-demo");
  }

  @Test
  void project_ofTheOption_fillsAGapBeforeTheEnvironment() {
    assertThat(projectOf(ACCOUNT, new Settings("option-project", "env-project", false)))
        .isEqualTo("option-project");
    assertThat(projectOf(ACCOUNT, new Settings(null, "env-project", false)))
        .isEqualTo("env-project");
  }

  @Test
  void project_ofAnEmptyVariable_isNone() {
    var plan = compile(new Settings("", "", false), PlanSource.of("a.yaml", ACCOUNT));

    assertThat(plan.problems()).extracting(Problem::code).containsExactly("KI031");
  }

  @Test
  void project_ofTheOptionAgainstTheFile_isAUsageErrorThatNamesBoth() {
    assertThatThrownBy(() ->
            compile(
                new Settings("option-project", null, true),
                PlanSource.of("a.yaml", "version: 1\nproject: kleos-demo\n")))
        .isInstanceOf(PlanUsageException.class)
        .hasMessage(
            "--project says \"option-project\", but a.yaml:2 says \"kleos-demo\"; leave the option"
                + " out, or change the file");
  }

  @Test
  void project_ofTheOption_isCheckedLikeAnyOther() {
    assertThatThrownBy(
            () -> compile(new Settings("123", null, false), PlanSource.of("a.yaml", ACCOUNT)))
        .isInstanceOf(PlanUsageException.class)
        .hasMessageContaining("--project")
        .hasMessageContaining("not a number");
  }

  @Test
  void projects_ofSeveralFiles_areAUsageErrorThatNamesBothPlaces() {
    var first = PlanSource.of("a.yaml", "version: 1\nproject: kleos-demo\n");
    var second = PlanSource.of("b.yaml", ACCOUNT);

    assertThatThrownBy(() -> compile(new Settings(null, "env-project", false), first, second))
        .isInstanceOf(PlanUsageException.class)
        .hasMessage(
            "a.yaml:2 is for the project \"kleos-demo\", b.yaml (by the environment) for"
                + " \"env-project\"; name the files of one project, or give --all-projects");
  }

  @Test
  void projects_ofSeveralFiles_stayApartWhereAllAreWanted() {
    var first = PlanSource.of("a.yaml", "project: kleos-demo\n" + ACCOUNT);
    var second =
        PlanSource.of(
            "b.yaml",
            "project: other-demo\nregion: us-central1\nservices: {kleos-service: {invokers:"
                + " [kleos-invoker]}}\nversion: 1\n");

    var plan = compile(new Settings(null, null, true), first, second);

    assertThat(plan.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.code()).isEqualTo("KI041"));
  }

  @Test
  void account_thatTwoProjectsAnswerFor_isAProblem() {
    var first = PlanSource.of("a.yaml", "project: kleos-demo\n" + ACCOUNT);
    var email = "kleos-invoker@kleos-demo.iam.gserviceaccount.com";
    var second =
        PlanSource.of(
            "b.yaml", "version: 1\nproject: other-demo\nserviceAccounts: {" + email + ": {}}\n");

    var plan = compile(new Settings(null, null, true), first, second);

    assertThat(plan.problems()).extracting(Problem::code).containsExactly("KI062");
    assertThat(plan.desired().policies()).isEmpty();
  }

  @Test
  void origin_ofAnEntry_isItsLineAndReason() {
    var plan =
        compile(
            Settings.NONE,
            PlanSource.of(
                "a.yaml",
                """
                version: 1
                project: kleos-demo
                serviceAccounts:
                  kleos-invoker:
                    users:
                      - until: 2027-01-31
                        reason: contractor
                        principal: user:bob@example.com
                """));
    var account = Resource.Account.inProject("kleos-demo", "kleos-invoker");
    var policy = plan.desired().policies().getFirst();

    assertThat(plan.origins().of(account)).contains(new Origin("a.yaml", 4, 3, null));
    assertThat(policy.grants())
        .allSatisfy(grant ->
            assertThat(plan.origins().of(account, grant.assignment()))
                .contains(new Origin("a.yaml", 8, 20, "contractor")));
  }

  @Test
  void compile_ofTenThousandLines_takesNoTime() {
    var text = new StringBuilder("version: 1\nproject: kleos-demo\nserviceAccounts:\n");
    for (var account = 0; account < 100; account++) {
      text.append("  account-%03d:\n    users:\n".formatted(account));
      for (var user = 0; user < 100; user++) {
        text.append("      - user:user-%d@example.com\n".formatted(user));
      }
    }
    var source = PlanSource.of("large.yaml", text.toString());
    compile(Settings.NONE, source);

    var best = Duration.ofDays(1);
    for (var i = 0; i < 3; i++) {
      var start = System.nanoTime();
      assertThat(compile(Settings.NONE, source).problems()).isEmpty();
      var taken = Duration.ofNanos(System.nanoTime() - start);
      best = taken.compareTo(best) < 0 ? taken : best;
    }

    // 0.07 s where it was measured; the margin is for busy machines.
    assertThat(best).isLessThan(Duration.ofSeconds(2));
  }

  private static String projectOf(String text, Settings settings) {
    return compile(settings, PlanSource.of("a.yaml", text))
        .desired()
        .accounts()
        .getFirst()
        .resource()
        .projectId();
  }

  private static CompiledPlan compile(Settings settings, PlanSource... sources) {
    return PlanCompiler.compile(List.of(sources), settings, Golden.NOW);
  }
}
