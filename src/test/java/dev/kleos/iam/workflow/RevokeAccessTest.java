package dev.kleos.iam.workflow;

import static dev.kleos.iam.planner.Wish.grant;
import static dev.kleos.iam.workflow.Onboarding.ACCOUNT;
import static dev.kleos.iam.workflow.Onboarding.PLAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.planner.Doubt;
import dev.kleos.iam.planner.Remainder;
import dev.kleos.iam.planner.Remainder.Left;
import dev.kleos.iam.workflow.AccessChange.Done;
import dev.kleos.iam.workflow.AccessChange.FileOutcome;
import dev.kleos.iam.workflow.AccessChange.NotConfirmed;
import dev.kleos.iam.workflow.AccessChange.Nothing;
import dev.kleos.iam.workflow.AccessChange.Refused;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevokeAccessTest {
  private static final String BOB = "user:bob@example.com";
  private static final String WITHOUT_BOB =
      PLAN.replace("      - principal: user:bob@example.com\n        until: 2027-12-31\n", "");
  private static final String WITH_BOB_AS_INVOKER =
      PLAN.replace("[kleos-invoker]", "[kleos-invoker, user:bob@example.com]");

  @TempDir private Path folder = Path.of("");
  private Onboarding onboarding = new Onboarding(folder);

  @BeforeEach
  void start() throws InterruptedException {
    restart(PLAN);
  }

  @AfterEach
  void close() {
    onboarding.close();
  }

  @Test
  void revoke_endsEveryGrantOfThePlansRoles_andTakesTheLineOut_andPlanFindsNothingToDo()
      throws InterruptedException {
    var before = onboarding.demo.cloud.calls();

    var result = onboarding.revoke("bob@example.com");

    var after = onboarding.demo.cloud.calls();
    assertThat(new ApiCalls(after.read() - before.read(), after.write() - before.write()))
        .as("an account, two policies of the plan, the project's; one write")
        .isEqualTo(new ApiCalls(4, 1));
    assertThat(done(result).applied())
        .extracting(step -> step.outcome())
        .containsExactly(new Outcome.Applied(1));
    assertThat(onboarding.members(ACCOUNT)).containsExactly("user:alice@example.com");
    assertThat(onboarding.text()).isEqualTo(WITHOUT_BOB);
    assertThat(planned()).isInstanceOf(Apply.InSync.class);
    assertThat(result.remainder()).isEqualTo(Remainder.NONE);
  }

  @Test
  void theGrants_endBeforeTheLineGoes() throws InterruptedException {
    var text = new AtomicReference<String>();
    onboarding.demo.emulator.onCall(call -> {
      if (call.is("SetIamPolicy")) {
        text.set(onboarding.text());
      }
    });

    onboarding.revoke("bob@example.com");

    assertThat(text.get()).isEqualTo(PLAN);
  }

  @Test
  void nothingIsDone_afterANo() throws InterruptedException {
    onboarding.yes.answer = false;

    assertThat(onboarding.revoke("bob@example.com").change()).isInstanceOf(NotConfirmed.class);

    assertThat(onboarding.text()).isEqualTo(PLAN);
    assertThat(onboarding.demo.writes()).isZero();
  }

  @Test
  void aResourceWhoseWriteFails_keepsItsLines_andTheOthersLoseTheirs() throws InterruptedException {
    restart(WITH_BOB_AS_INVOKER);
    onboarding.demo.emulator.onCall(call -> {
      if (call.is("SetIamPolicy") && call.resource().equals(ACCOUNT.name())) {
        throw Status.PERMISSION_DENIED.withDescription("no").asRuntimeException();
      }
    });

    var done = done(onboarding.revoke("bob@example.com"));

    assertThat(done.applied()).extracting(step -> step.outcome()).hasSize(2);
    assertThat(onboarding.members(ACCOUNT)).contains(BOB);
    assertThat(onboarding.members(Demo.SERVICE)).doesNotContain(BOB);
    assertThat(onboarding.text()).isEqualTo(PLAN);
  }

  @Test
  void aPolicyThatCannotBeRead_keepsItsLines_andTheRestIsRevoked() throws InterruptedException {
    restart(WITH_BOB_AS_INVOKER);
    onboarding.demo.emulator.onCall(call -> {
      if (call.is("GetIamPolicy") && call.resource().equals(Demo.SERVICE.name())) {
        throw Status.PERMISSION_DENIED.withDescription("no").asRuntimeException();
      }
    });

    var done = done(onboarding.revoke("bob@example.com"));

    assertThat(done.proposal().previewed().isComplete()).isFalse();
    onboarding.demo.emulator.onCall(_ -> {});
    assertThat(onboarding.members(ACCOUNT)).doesNotContain(BOB);
    assertThat(onboarding.members(Demo.SERVICE)).contains(BOB);
    assertThat(onboarding.text())
        .isEqualTo(WITHOUT_BOB.replace("[kleos-invoker]", "[kleos-invoker, user:bob@example.com]"));
  }

  @Test
  void aProjectPolicyThatCannotBeRead_isSaid_andNothingElse() throws InterruptedException {
    onboarding.demo.emulator.onCall(call -> {
      if (call.is("GetIamPolicy") && call.resource().equals(Demo.PROJECT.name())) {
        throw Status.PERMISSION_DENIED.withDescription("no").asRuntimeException();
      }
    });

    var result = onboarding.revoke("bob@example.com");

    assertThat(done(result).proposal().previewed().isComplete()).isTrue();
    assertThat(result.unseen())
        .extracting(failure -> failure.resource())
        .containsExactly(Demo.PROJECT.name());
  }

  @Test
  void aFileThatWasEditedMeanwhile_keepsThatEdit_andLosesTheLine() throws InterruptedException {
    onboarding.yes.meanwhile =
        () -> onboarding.write(PLAN.replace("version: 1\n", "# reviewed\nversion: 1\n"));

    onboarding.revoke("bob@example.com");

    assertThat(onboarding.text())
        .isEqualTo(WITHOUT_BOB.replace("version: 1\n", "# reviewed\nversion: 1\n"));
  }

  @Test
  void aFileThatWasBrokenMeanwhile_isNotTouched_andSaidToBeStale() throws InterruptedException {
    onboarding.yes.meanwhile = () -> onboarding.write("version: [");

    var done = done(onboarding.revoke("bob@example.com"));

    assertThat(onboarding.members(ACCOUNT)).doesNotContain(BOB);
    assertThat(done.files())
        .containsExactly(
            new FileOutcome.Stale(
                "kleos-iam.yaml",
                "kleos-iam.yaml is not valid any more: take the line out by hand"));
    assertThat(onboarding.text()).isEqualTo("version: [");
  }

  @Test
  void whoHasNothing_isNotAskedFor_andTheNearestIsNamed() throws InterruptedException {
    var result = onboarding.revoke("alcie@example.com");

    assertThat(result.change()).isInstanceOf(Nothing.class);
    assertThat(onboarding.yes.asked).isEmpty();
    assertThat(onboarding.yes.shown.getLast().remarks().doubts())
        .hasOnlyElementsOfType(Doubt.LikeMember.class)
        .hasSize(1);
  }

  @Test
  void whatIsLeft_isFoundOnTheProjectToo() throws InterruptedException {
    var editor = grant("roles/editor", BOB);
    onboarding.live(Demo.PROJECT, editor);

    assertThat(onboarding.revoke("bob@example.com").remainder().own())
        .containsExactly(new Left(Demo.PROJECT, editor));
    assertThat(onboarding.members(Demo.PROJECT)).contains(BOB);
  }

  @Test
  void aLineThatSomebodyAddsMeanwhile_onWhatWasNotLookedAt_stays() throws InterruptedException {
    var rivals =
        PLAN.replace(
            "services:\n", "  other-account:\n    users: [user:bob@example.com]\nservices:\n");
    onboarding.yes.meanwhile = () -> onboarding.write(rivals);

    onboarding.revoke("bob@example.com");

    assertThat(onboarding.text())
        .isEqualTo(
            WITHOUT_BOB.replace(
                "services:\n", "  other-account:\n    users: [user:bob@example.com]\nservices:\n"));
  }

  @Test
  void aFileThatIsOfAnotherProjectMeanwhile_keepsItsLines() throws InterruptedException {
    var rivals = PLAN.replace("project: kleos-demo", "project: other-project");
    onboarding.yes.meanwhile = () -> onboarding.write(rivals);

    assertThat(done(onboarding.revoke("bob@example.com")).files()).isEmpty();

    assertThat(onboarding.text()).isEqualTo(rivals);
    assertThat(onboarding.members(ACCOUNT)).doesNotContain(BOB);
  }

  @Test
  void oneResourceOnly_isActedOn_andWhatIsLeftOnTheOthersIsSaid() throws InterruptedException {
    restart(WITH_BOB_AS_INVOKER);

    var result = onboarding.revoke("bob@example.com", Demo.SERVICE);

    assertThat(onboarding.text()).isEqualTo(PLAN);
    assertThat(onboarding.members(ACCOUNT)).contains(BOB);
    assertThat(result.remainder().own())
        .hasSize(3)
        .allMatch(left -> left.resource().equals(ACCOUNT));
  }

  @Test
  void anAccountBesideThePlan_countsAsIfThePlanHadIt() throws InterruptedException {
    onboarding.write("version: 1\nproject: kleos-demo\n");

    var result = onboarding.revoke("bob@example.com", null, ACCOUNT);

    assertThat(done(result).isAnythingWritten()).isTrue();
    assertThat(onboarding.members(ACCOUNT)).containsExactly("user:alice@example.com");
  }

  @Test
  void aPlanWithoutResources_isLookedAtAllTheSame_onItsProject() throws InterruptedException {
    onboarding.write("version: 1\nproject: kleos-demo\n");
    var editor = grant("roles/editor", BOB);
    onboarding.live(Demo.PROJECT, editor);

    assertThat(onboarding.revoke("bob@example.com").remainder().own())
        .containsExactly(new Left(Demo.PROJECT, editor));
  }

  @Test
  void aLineForTheSamePrincipal_thatSomebodyAddsMeanwhile_stays_andThatIsSaid()
      throws InterruptedException {
    onboarding.yes.meanwhile = () -> onboarding.write(WITH_BOB_AS_INVOKER);

    var done = done(onboarding.revoke("bob@example.com"));

    assertThat(onboarding.text())
        .isEqualTo(WITHOUT_BOB.replace("[kleos-invoker]", "[kleos-invoker, user:bob@example.com]"));
    assertThat(done.files())
        .containsExactly(
            new FileOutcome.Stale(
                "kleos-iam.yaml",
                "kleos-iam.yaml names user:bob@example.com elsewhere since it was asked: run the"
                    + " same command again"));
  }

  @Test
  void aWriteThatFails_leavesTheAccess_andThatIsSaid() throws InterruptedException {
    onboarding.demo.emulator.onCall(call -> {
      if (call.is("SetIamPolicy")) {
        throw Status.PERMISSION_DENIED.withDescription("no").asRuntimeException();
      }
    });

    var result = onboarding.revoke("bob@example.com");

    assertThat(done(result).isAnythingWritten()).isFalse();
    assertThat(done(result).files()).isEmpty();
    assertThat(result.remainder().own()).hasSize(3);
    assertThat(onboarding.text()).isEqualTo(PLAN);
  }

  @Test
  void aProjectOfAnotherNumber_isLeftAlone() throws InterruptedException {
    onboarding.write(PLAN + "expectedProjectNumber: '1'\n");

    assertThat(onboarding.revoke("bob@example.com").change()).isInstanceOf(Refused.class);
    assertThat(onboarding.demo.writes()).isZero();
  }

  private void restart(String plan) throws InterruptedException {
    onboarding.close();
    onboarding = Onboarding.of(folder, plan);
  }

  private Apply.Result planned() throws InterruptedException {
    return onboarding.demo.apply(onboarding.files().compile(RandomIam.NOW).desired());
  }

  private static Done done(RevokeAccess.Result result) {
    assertThat(result.change()).isInstanceOf(Done.class);
    return (Done) result.change();
  }
}
