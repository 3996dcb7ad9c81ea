package dev.kleos.iam.planfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.model.Unmanaged;
import dev.kleos.iam.planfile.PlanTemplate.Blank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTemplateTest {
  private static final String DESCRIPTION =
      "Kleos invoker - Panoply sends its validation requests as this account";

  @Test
  void text_ofAnyGoodValues_meansExactlyWhatIsWanted() {
    for (var seed = 0; seed < 200; seed++) {
      var values = random(new Random(seed));
      var text = new PlanTemplate(values).text();

      var plan =
          PlanCompiler.compile(List.of(PlanSource.of("new.yaml", text)), Settings.NONE, Golden.NOW);

      assertThat(plan.problems()).as(text).isEmpty();
      assertThat(plan.desired()).as(text).isEqualTo(wanted(values));
      var loaded = PlanSchema.load(text.getBytes(UTF_8)).orElseThrow();
      assertThat(PlanSchema.errors(loaded)).as(text).isEmpty();
    }
  }

  @Test
  void text_ofTheExample_isTheExampleButForItsUsers() throws IOException {
    var text =
        new PlanTemplate(
                Map.of(
                    Blank.PROJECT, "kleos-demo",
                    Blank.ACCOUNT, "kleos-invoker",
                    Blank.SERVICE, "kleos-service",
                    Blank.REGION, "us-central1"))
            .text();

    var example = Files.readString(Path.of("plans/kleos.yaml"));
    assertThat(withoutComments(text)).isNotEmpty().isSubsetOf(withoutComments(example));
  }

  @ParameterizedTest
  @CsvSource({
    "PROJECT, 123456789012, 'expected a project id, not a number: gcloud projects describe"
        + " 123456789012 tells the id'",
    "ACCOUNT, Kleos_Invoker, '\"Kleos_Invoker\" is not an account id; did you mean"
        + " \"kleos-invoker\"?'",
    "ACCOUNT, a-bot@kleos-demo.iam.gserviceaccount.com,"
        + " '\"a-bot@kleos-demo.iam.gserviceaccount.com\" is an address; the id is what stands"
        + " before the @'",
    "SERVICE, us-central1/front, '\"us-central1/front\" is more than a name; the name is what stands"
        + " after the last /'",
    "REGION, us-central1-a, '\"us-central1-a\" is not a region; did you mean \"us-central1\"?'"
  })
  void problem_ofWhatABlankDoesNotTake_saysWhatToWriteInstead(
      Blank blank, String text, String message) {
    assertThat(blank.problem(text)).contains(message);

    var values = random(new Random(0));
    values.put(blank, text);
    assertThatThrownBy(() -> new PlanTemplate(values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void usual_fillsEveryBlankButTheProject() {
    assertThat(Blank.PROJECT.usual()).isEmpty();
    for (var blank : Set.of(Blank.ACCOUNT, Blank.SERVICE, Blank.REGION)) {
      assertThat(blank.usual().flatMap(blank::problem)).isEmpty();
      assertThat(blank.usual()).isPresent();
    }
  }

  private static List<String> withoutComments(String text) {
    return text.lines().map(line -> line.replaceFirst(" *#.*", "")).toList();
  }

  private static DesiredState wanted(Map<Blank, String> values) {
    var project = values.getOrDefault(Blank.PROJECT, "");
    var account = Resource.Account.inProject(project, values.getOrDefault(Blank.ACCOUNT, ""));
    var service =
        new Resource.Service(
            project, values.getOrDefault(Blank.REGION, ""), values.getOrDefault(Blank.SERVICE, ""));
    return new DesiredState(
        List.of(
            account.accountId().equals("kleos-invoker")
                ? ServiceAccount.desired(account, "Kleos invoker", DESCRIPTION)
                : ServiceAccount.desired(account, null, null)),
        List.of(
            policy(account, Set.of(), new LinkedHashSet<>(Role.IMPERSONATION)),
            policy(
                service,
                Set.of(new Grant(Role.RUN_INVOKER, account.principal(), null)),
                Set.of(Role.RUN_INVOKER, Role.RUN_SERVICES_INVOKER))),
        Map.of());
  }

  private static DesiredPolicy policy(Resource resource, Set<Grant> grants, Set<Role> managed) {
    return new DesiredPolicy(resource, grants, Map.of(), managed, Set.of(), Unmanaged.REPORT);
  }

  private static Map<Blank, String> random(Random random) {
    var values = new EnumMap<Blank, String>(Blank.class);
    values.put(
        Blank.PROJECT,
        random.nextInt(4) == 0
            ? name(random, 1, 20) + ".com:" + name(random, 1, 30)
            : name(random, 6, 30));
    values.put(Blank.ACCOUNT, name(random, 6, 30));
    values.put(
        Blank.SERVICE,
        random.nextInt(4) == 0
            ? List.of("true", "null", "no", "y", "e1").get(random.nextInt(5))
            : name(random, 1, 49));
    values.put(
        Blank.REGION,
        List.of("us-central1", "northamerica-northeast2", "me-west1").get(random.nextInt(3)));
    return values;
  }

  private static String name(Random random, int shortest, int longest) {
    var text = new StringBuilder().append((char) ('a' + random.nextInt(26)));
    for (var length = random.nextInt(shortest, longest + 1); text.length() < length; ) {
      text.append("abc019-".charAt(random.nextInt(text.length() + 1 < length ? 7 : 6)));
    }
    return text.toString();
  }
}
