package dev.kleos.iam.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cloud.CloudException.Denied;
import dev.kleos.iam.cloud.CloudException.Denied.Reason;
import dev.kleos.iam.model.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
  private static final String API = "run.googleapis.com";

  /// A call is counted for the quota project, wherever that is which it is about.
  @ParameterizedTest
  @CsvSource({
    "elsewhere, kleos-demo, elsewhere",
    "222222222222, kleos-demo, 222222222222",
    "elsewhere, -, elsewhere",
    "'', kleos-demo, kleos-demo"
  })
  void anApiThatIsOff_isEnabledWhereCallsAreCounted(String consumer, String road, String project) {
    var step = Refusals.elsewhere(off(API, consumer), road).orElseThrow();

    assertThat(step.stage()).isEqualTo(Stage.APIS);
    assertThat(step.finding()).isEqualTo(API + " is not enabled in " + project);
    assertThat(step.remedy())
        .isEqualTo(
            new Remedy.Shell(List.of("gcloud", "services", "enable", API, "--project", project)));
  }

  /// Of an account whose address does not tell its project.
  @Test
  void anApiThatIsOff_nobodyKnowsWhere_isEnabledInAProjectThatIsToBeFilledIn() {
    var step = Refusals.elsewhere(off(API, ""), "-").orElseThrow();
    var nameless = Refusals.elsewhere(off("", ""), "-").orElseThrow();

    assertThat(step.finding())
        .isEqualTo(API + " is not enabled in the project that calls are counted for");
    assertThat(step.remedy())
        .isEqualTo(
            new Remedy.Advice("Enable it: gcloud services enable " + API + " --project PROJECT"));
    assertThat(nameless.remedy())
        .isEqualTo(new Remedy.Advice("Enable the API in the project that calls are counted for."));
  }

  private static Denied off(String api, String consumer) {
    var failure = Failure.of("PERMISSION_DENIED", "it", "It is off.", "");
    return new Denied(failure, Reason.API_DISABLED, api, consumer);
  }
}
