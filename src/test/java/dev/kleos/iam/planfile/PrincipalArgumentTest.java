package dev.kleos.iam.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalArgumentTest {
  private static final CompiledPlan PLAN =
      PlanCompiler.compile(
          List.of(
              PlanSource.of(
                  "plan.yaml",
                  "version: 1\nproject: kleos-demo\nserviceAccounts: {kleos-invoker: {}}\n")),
          Settings.NONE,
          Golden.NOW);

  @ParameterizedTest
  @CsvSource({
    "alice@example.com, user:alice@example.com",
    "Alice@Example.com, user:Alice@Example.com",
    "a@kleos-demo.iam.gserviceaccount.com, serviceAccount:a@kleos-demo.iam.gserviceaccount.com",
    "1-compute@developer.gserviceaccount.com,"
        + " serviceAccount:1-compute@developer.gserviceaccount.com",
    "group:devs@example.com, group:devs@example.com",
    "domain:example.com, domain:example.com",
    "allUsers, allUsers"
  })
  void anAddress_isTypedByItsDomain_andAllElseIsAsWritten(String text, String spelling) {
    var argument = PrincipalArgument.parse(text, PLAN);

    assertThat(argument.spelling()).isEqualTo(spelling);
    assertThat(argument.principal().spelling()).isEqualTo(spelling);
  }

  @Test
  void aBareWord_isAnAccountOfThePlan_andSpelledSo() {
    var argument = PrincipalArgument.parse("kleos-invoker", PLAN);

    assertThat(argument.spelling()).isEqualTo("kleos-invoker");
    assertThat(argument.principal().spelling())
        .isEqualTo("serviceAccount:kleos-invoker@kleos-demo.iam.gserviceaccount.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kleos-invokr | \"kleos-invokr\" is neither an address nor an account of the plan; did you"
            + " mean \"kleos-invoker\"?",
        "bob | \"bob\" is neither an address nor an account of the plan; write e.g."
            + " alice@example.com",
        "alice@example.com bob@example.com | \"alice@example.com bob@example.com\" is no e-mail"
            + " address; write e.g. alice@example.com",
        "alice@ | \"alice@\" is no e-mail address; write e.g. alice@example.com",
        "a@example.com,b@example.com | \"a@example.com,b@example.com\" is no e-mail address;"
            + " separate several with spaces",
        "Alice <alice@example.com> | \"Alice <alice@example.com>\" is no e-mail address; did you"
            + " mean \"alice@example.com\"?",
        "user:a@kleos-demo.iam.gserviceaccount.com |"
            + " \"user:a@kleos-demo.iam.gserviceaccount.com\" is the address of a service account;"
            + " did you mean \"serviceAccount:a@kleos-demo.iam.gserviceaccount.com\"?",
        "deleted:user:bob@example.com?uid=1 | a deleted principal is nobody to grant anything to;"
            + " remove the entry, or name the live principal without \"deleted:\" and \"?uid=\""
      })
  void nobody_isAnError_thatSaysWhoWasProbablyMeant(String text, String message) {
    assertThatThrownBy(() -> PrincipalArgument.parse(text, PLAN))
        .isInstanceOf(PlanUsageException.class)
        .hasMessage(message);
  }

  @Test
  void theTraceOfADeletedPrincipal_holdsGrants() {
    assertThat(
            PrincipalArgument.parseHolder("deleted:user:bob@example.com?uid=1", PLAN)
                .principal()
                .isDeleted())
        .isTrue();
  }
}
