package dev.kleos.iam.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckupTest {
  private static final Step CREDENTIALS = Step.fine(Stage.CREDENTIALS, "this machine's own");
  private static final Step GCLOUD =
      Step.broken(Stage.GCLOUD, "gcloud works elsewhere", new Remedy.None());
  private static final Remedy LOG_IN = new Remedy.Advice("Log in.");
  private static final Ways WAYS =
      new Ways(new Ways.Mend("", LOG_IN), new Ways.Mend("", LOG_IN), List.of());

  @Test
  void unconnected_forWantOfCredentials_saysSo_whateverElseIsBroken() {
    assertThat(Checkup.unconnected(List.of(CREDENTIALS, GCLOUD), nobody(), WAYS))
        .containsExactly(
            Step.broken(Stage.CREDENTIALS, "There are no credentials", LOG_IN), GCLOUD);
  }

  @Test
  void unconnected_whereTheMachineSaysWhy_doesNotSayItTwice() {
    var broken = Step.broken(Stage.CREDENTIALS, "the file is no JSON", LOG_IN);

    assertThat(Checkup.unconnected(List.of(broken, GCLOUD), nobody(), WAYS))
        .containsExactly(broken, GCLOUD);
  }

  private static CloudException nobody() {
    return new CloudException.Unavailable(
        Failure.of("UNAUTHENTICATED", "", "There are no credentials.", ""));
  }
}
