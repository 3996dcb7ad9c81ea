package dev.kleos.iam.workflow;

import static dev.kleos.iam.workflow.Onboarding.ACCOUNT;
import static dev.kleos.iam.workflow.Onboarding.PLAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Substitution;
import dev.kleos.iam.workflow.AccessChange.Done;
import dev.kleos.iam.workflow.AccessChange.FileOutcome;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of the lines of a grant, by what Google made of it.
class GrantedLinesTest {
  private static final Substitution ALICE_FOR_ALLY =
      new Substitution(
          Principal.of("user:ally@example.com"), Principal.of("user:alice@example.com"));

  @TempDir private Path folder = Path.of("");
  private Onboarding onboarding = new Onboarding(folder);

  @BeforeEach
  void start() throws InterruptedException {
    onboarding.close();
    onboarding = Onboarding.of(folder, PLAN);
  }

  @AfterEach
  void close() {
    onboarding.close();
  }

  @Test
  void anotherName_isSavedAsTheOneThatGoogleHolds_andPlanIsInSync() throws InterruptedException {
    onboarding.demo.emulator.world().alias("cal@example.com", "Carol@Example.com");

    var change = onboarding.grant("cal@example.com", "2027-01-31", false);

    assertThat(onboarding.text())
        .isEqualTo(
            PLAN.replace(
                "services:\n",
                """
                      - principal: user:Carol@Example.com
                        until: 2027-01-31
                services:
                """));
    assertThat(planned().isInSync()).isTrue();
    assertThat(outcome(change)).isInstanceOf(Outcome.Rewritten.class);
    var amended = (FileOutcome.Amended) file(change);
    assertThat(amended.withdrawn()).isEmpty();
    assertThat(amended.renamed())
        .containsExactly(
            new Substitution(
                Principal.of("user:cal@example.com"), Principal.of("user:carol@example.com")));
    assertThat(amended.origins().entries(ACCOUNT, Principal.of("user:carol@example.com")))
        .extracting(entry -> entry.origin().line())
        .containsExactly(10);
  }

  /// Which of them is whom cannot be told, and makes no difference to the file.
  @Test
  void otherNamesOfTwoAtOnce_areSavedAsThoseThatGoogleHolds() throws InterruptedException {
    onboarding.demo.emulator.world().alias("cal@example.com", "carol@example.com");
    onboarding.demo.emulator.world().alias("deb@example.com", "deborah@example.com");

    var change = onboarding.grant(List.of("cal@example.com", "deb@example.com"), null, false);

    assertThat(((AccessChange.Done) change).isAnythingWritten()).isTrue();
    assertThat(onboarding.text())
        .contains("- user:carol@example.com", "- user:deborah@example.com")
        .doesNotContain("cal@", "deb@");
    assertThat(planned().isInSync()).isTrue();
  }

  @Test
  void anotherNameOfSomebodyInThePlan_whoLacksTheGrant_hasNoLine() throws InterruptedException {
    onboarding.demo.emulator.world().alias("ally@example.com", "alice@example.com");
    onboarding.live(ACCOUNT);

    var change = onboarding.grant("ally@example.com");

    assertThat(onboarding.text()).isEqualTo(PLAN);
    assertThat(file(change)).isEqualTo(new FileOutcome.TakenBack("kleos-iam.yaml"));
    assertThat(((Outcome.Rewritten) outcome(change)).substitutions())
        .containsExactly(ALICE_FOR_ALLY);
  }

  @Test
  void anotherNameOfSomebodyWhoHasTheGrant_hasNoLine() throws InterruptedException {
    onboarding.demo.emulator.world().alias("ally@example.com", "alice@example.com");

    var change = onboarding.grant("ally@example.com");

    assertThat(onboarding.text()).isEqualTo(PLAN);
    assertThat(file(change)).isEqualTo(new FileOutcome.TakenBack("kleos-iam.yaml"));
    assertThat(planned().isInSync()).isTrue();
  }

  @Test
  void anotherName_whoseLineStoodThereBefore_isRenamedInItsPlace() throws InterruptedException {
    onboarding.live(ACCOUNT);
    onboarding.demo.emulator.world().alias("alice@example.com", "a.smith@example.com");

    onboarding.grant("alice@example.com");

    assertThat(onboarding.text()).isEqualTo(PLAN.replace("user:alice", "user:a.smith"));
  }

  @Test
  void oneOfThree_thatGoogleRefuses_isTakenOut_andTheOthersStay() throws InterruptedException {
    refuse("dora");

    var change =
        onboarding.grant(
            List.of("carol@example.com", "dora@example.com", "erin@example.com"), null, false);

    assertThat(onboarding.text())
        .isEqualTo(
            PLAN.replace(
                "services:\n",
                """
                      - user:carol@example.com
                      - user:erin@example.com
                services:
                """));
    assertThat(((FileOutcome.Amended) file(change)).withdrawn())
        .containsExactly(Principal.of("user:dora@example.com"));
    assertThat(planned().isInSync()).isTrue();
  }

  @Test
  void aLaterEnd_thatGoogleRefuses_leavesTheLineAndTheGrantAsTheyWere()
      throws InterruptedException {
    refuse("bob");

    onboarding.grant(List.of("bob@example.com", "carol@example.com"), "2028-12-31", false);

    assertThat(onboarding.text())
        .isEqualTo(
            PLAN.replace(
                "services:\n",
                """
                      - principal: user:carol@example.com
                        until: 2028-12-31
                services:
                """));
    assertThat(planned().isInSync()).isTrue();
    assertThat(onboarding.members(ACCOUNT))
        .containsExactly(
            "user:alice@example.com", "user:bob@example.com", "user:carol@example.com");
  }

  @Test
  void aFileThatWasEditedSince_staysAsItIs_andTheHandsWorkIsNamed() throws InterruptedException {
    refuse("dora");
    var rivals = PLAN + "# reviewed\n";
    onboarding.demo.emulator.onCall(call -> {
      if (call.is("SetIamPolicy")) {
        onboarding.write(rivals);
        throw refusal("dora");
      }
    });

    var change = onboarding.grant("dora@example.com");

    assertThat(onboarding.text()).isEqualTo(rivals);
    assertThat(file(change))
        .isEqualTo(
            new FileOutcome.Stale(
                "kleos-iam.yaml",
                "kleos-iam.yaml was edited since; take the line of user:dora@example.com out by"
                    + " hand"));
  }

  @Test
  void grantsWithoutTheirLine_keepIt_whereAnotherIsRefused() throws InterruptedException {
    onboarding.grant("carol@example.com");
    onboarding.write(PLAN);
    refuse("dora");

    onboarding.grant(List.of("carol@example.com", "dora@example.com"), null, false);

    assertThat(onboarding.text())
        .isEqualTo(PLAN.replace("services:\n", "      - user:carol@example.com\nservices:\n"));
    assertThat(onboarding.members(ACCOUNT)).contains("user:carol@example.com");
    assertThat(planned().isInSync()).isTrue();
  }

  /// Google's first answer names somebody, and later ones do not: what is left is accepted.
  private void refuse(String name) {
    var writes = new AtomicInteger();
    onboarding.demo.emulator.onCall(call -> {
      if (call.is("SetIamPolicy") && writes.getAndIncrement() == 0) {
        throw refusal(name);
      }
    });
  }

  private static RuntimeException refusal(String name) {
    return Status.INVALID_ARGUMENT
        .withDescription("User " + name + "@example.com does not exist.")
        .asRuntimeException();
  }

  private ChangeSet planned() throws InterruptedException {
    onboarding.demo.emulator.onCall(_ -> {});
    return onboarding.demo.preview(onboarding.files().compile(RandomIam.NOW).desired()).changeSet();
  }

  private static Outcome outcome(AccessChange change) {
    return ((Done) change).applied().stream().map(AppliedChange::outcome).toList().getFirst();
  }

  private static FileOutcome file(AccessChange change) {
    assertThat(((Done) change).files()).hasSize(1);
    return ((Done) change).files().getFirst();
  }
}
