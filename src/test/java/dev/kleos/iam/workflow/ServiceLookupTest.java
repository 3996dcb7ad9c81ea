package dev.kleos.iam.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.kleos.iam.cloud.Catalog;
import dev.kleos.iam.cloud.CloudException.Denied;
import dev.kleos.iam.cloud.CloudException.Denied.Reason;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.planfile.PlanFiles;
import dev.kleos.iam.planfile.Settings;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceLookupTest {
  /// Who may not see the service can call it by its address all the same; who has nothing to call
  /// it with cannot.
  @ParameterizedTest
  @CsvSource({
    "PERMISSION, Mend it. By address.",
    "API_DISABLED, Mend it.",
    "QUOTA_PROJECT, Mend it.",
    "PERIMETER, Mend it."
  })
  void aDenial_keepsItsReason_andHasAnotherWayOnlyForWantOfAPermission(
      Reason reason, String advice) {
    var catalog = mock(Catalog.class);
    var failure = Failure.of("PERMISSION_DENIED", "it", "No.", "Mend it.");
    when(catalog.service(any())).thenThrow(new Denied(failure, reason, "run.googleapis.com", ""));
    var plan = PlanFiles.none(new Settings("kleos-demo", null, false)).compile(Instant.EPOCH);

    var denied =
        catchThrowableOfType(
            Denied.class,
            () ->
                new ServiceLookup(catalog, plan, "By address.").find("us-central1/kleos-service"));

    assertThat(denied.reason()).isEqualTo(reason);
    assertThat(denied.failure().advice()).isEqualTo(advice);
  }
}
