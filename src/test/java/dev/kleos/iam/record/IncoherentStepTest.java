package dev.kleos.iam.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.applier.Journal.Intent;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.ServiceAccount;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Files of the journal that are whole, and do not go together: as fuzzing made them.
class IncoherentStepTest {
  private static final Grant GRANT =
      new Grant(new Role("roles/run.invoker"), Principal.of("user:alice@example.com"), null);
  private static final Outcome OF_GRANTS = new Outcome.Rewritten(Set.of(GRANT), Set.of());
  private static final Change ON_ACCOUNT =
      new Change.CreateServiceAccount(ServiceAccount.desired(RandomRun.ACCOUNT, null, null));
  private static final Change ON_POLICY =
      new Change.ModifyPolicy(
          RandomRun.ACCOUNT, AllowPolicy.NONE, GrantDiff.of(Set.of(GRANT), Set.of()));

  @Test
  void aGrantThatIsMissingAndUnexpectedAtOnce_isNotRead() {
    var outcome = new Outcome.Rewritten(Set.of(GRANT), Set.of(GRANT));
    var file = RunForm.write(new RunForm.Step(Optional.empty(), Optional.of(outcome)));

    assertThatThrownBy(() -> RunForm.step(file))
        .isInstanceOf(DocumentException.class)
        .hasMessage("content.outcome.missing holds what \"unexpected\" holds as well");
  }

  @Test
  void anOutcomeOfGrants_isNoneOfAnAccount() {
    assertThat(step(ON_ACCOUNT, Optional.empty(), OF_GRANTS).isCoherent()).isFalse();
    assertThat(step(ON_POLICY, Optional.empty(), OF_GRANTS).isCoherent()).isTrue();
  }

  @Test
  void whatWasSent_isOfTheApprovedChange() {
    var sent = Optional.of(new Intent(ON_POLICY, "etag"));
    var applied = new Outcome.Applied(1);

    assertThat(step(ON_ACCOUNT, sent, applied).isCoherent()).isFalse();
    assertThat(step(ON_POLICY, sent, applied).isCoherent()).isTrue();
  }

  @Test
  void aLine_isCountedFromOne() {
    var file =
        new Document("kleosIamSavedChanges", 1)
            .write(json -> json.name("file").value("a.yaml").name("line").value(0));

    assertThatThrownBy(() -> PlanLine.read(SavedForm.DOCUMENT.read(file)))
        .isInstanceOf(DocumentException.class)
        .hasMessage("content.line is no number from 1");
  }

  private static RecordedStep step(Change approved, Optional<Intent> intent, Outcome outcome) {
    return new RecordedStep(approved, intent, Optional.of(outcome));
  }
}
