package dev.kleos.iam.workflow;

import static dev.kleos.iam.planner.Wish.grant;
import static dev.kleos.iam.workflow.Onboarding.ACCOUNT;
import static dev.kleos.iam.workflow.Onboarding.PLAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.cloud.ApiCalls;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.planner.Refusal;
import dev.kleos.iam.workflow.AccessChange.Done;
import dev.kleos.iam.workflow.AccessChange.FileOutcome;
import dev.kleos.iam.workflow.AccessChange.Invalid;
import dev.kleos.iam.workflow.AccessChange.NotConfirmed;
import dev.kleos.iam.workflow.AccessChange.Nothing;
import dev.kleos.iam.workflow.AccessChange.Overtaken;
import dev.kleos.iam.workflow.AccessChange.Refused;
import dev.kleos.iam.workflow.AccessChange.Unreadable;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantAccessTest {
  private static final String CAROL = "      - user:carol@example.com\n";
  private static final String WITH_CAROL = PLAN.replace("services:\n", CAROL + "services:\n");
  private static final String WITH_BOB_FOR_EVER =
      PLAN.replace(
          "principal: user:bob@example.com\n        until: 2027-12-31", "user:bob@example.com");
  private static final String USER = "roles/iam.serviceAccountUser";

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
  void grant_isOneReadAndOneWrite_andPlanFindsNothingToDoAfterwards() throws InterruptedException {
    var before = onboarding.demo.cloud.calls();

    var change = onboarding.grant("carol@example.com");

    var after = onboarding.demo.cloud.calls();
    assertThat(new ApiCalls(after.read() - before.read(), after.write() - before.write()))
        .isEqualTo(new ApiCalls(1, 1));
    assertThat(onboarding.demo.emulator.calls().all()).hasSize(2);
    assertThat(outcomes(change)).containsExactly(new Outcome.Applied(1));
    assertThat(onboarding.text()).isEqualTo(WITH_CAROL);
    assertThat(planned().isInSync()).isTrue();
  }

  @Test
  void theLine_isThereBeforeTheGrant() throws InterruptedException {
    var text = new AtomicReference<String>();
    onboarding.demo.emulator.onCall(call -> {
      if (call.is("SetIamPolicy")) {
        text.set(onboarding.text());
      }
    });

    onboarding.grant("carol@example.com");

    assertThat(text.get()).isEqualTo(WITH_CAROL);
  }

  @Test
  void nothingIsDone_beforeTheAnswer_norAfterANo() throws InterruptedException {
    onboarding.yes.answer = false;
    onboarding.yes.meanwhile =
        () -> {
          assertThat(onboarding.text()).isEqualTo(PLAN);
          assertThat(onboarding.demo.writes()).isZero();
        };

    assertThat(onboarding.grant("carol@example.com")).isInstanceOf(NotConfirmed.class);

    assertThat(onboarding.yes.asked).hasSize(1);
    assertThat(onboarding.text()).isEqualTo(PLAN);
    assertThat(onboarding.demo.writes()).isZero();
  }

  @Test
  void whoHasAccess_isNotAskedFor_andTheFileStays() throws InterruptedException {
    assertThat(onboarding.grant("Alice@Example.com")).isInstanceOf(Nothing.class);

    assertThat(onboarding.yes.asked).isEmpty();
    assertThat(onboarding.text()).isEqualTo(PLAN);
    assertThat(onboarding.demo.writes()).isZero();
  }

  @Test
  void aLineWithoutItsGrants_getsThem_andTheFileStays() throws InterruptedException {
    onboarding.live(ACCOUNT);

    assertThat(outcomes(onboarding.grant("alice@example.com")))
        .containsExactly(new Outcome.Applied(1));

    assertThat(onboarding.members(ACCOUNT)).containsExactly("user:alice@example.com");
    assertThat(onboarding.text()).isEqualTo(PLAN);
  }

  @Test
  void grantsWithoutTheirLine_getIt_andNothingIsWrittenToGoogle() throws InterruptedException {
    onboarding.grant("carol@example.com");
    onboarding.write(PLAN);
    onboarding.demo.emulator.calls().clear();

    assertThat(outcomes(onboarding.grant("carol@example.com"))).isEmpty();

    assertThat(onboarding.text()).isEqualTo(WITH_CAROL);
    assertThat(onboarding.demo.writes()).isZero();
  }

  @Test
  void othersGrants_stayAsTheyAre_whateverThePlanSays() throws InterruptedException {
    onboarding.live(ACCOUNT, grant(USER, "user:mallory@example.com"));

    onboarding.grant("carol@example.com");

    assertThat(onboarding.members(ACCOUNT))
        .containsExactly("user:carol@example.com", "user:mallory@example.com");
  }

  @Test
  void permanentAccess_isNotShortened_unlessToldSo() throws InterruptedException {
    assertThat(refusal(onboarding.grant("alice@example.com", "2027-01-31", false)))
        .isEqualTo(
            new Refusal(
                ACCOUNT,
                "would change when the access of user:alice@example.com ends: it has no end"
                    + " (kleos-iam.yaml:7), and then ends at 2027-02-01T00:00:00Z",
                "if that is meant, add --replace"));
    assertThat(onboarding.text()).isEqualTo(PLAN);
    assertThat(onboarding.demo.writes()).isZero();

    onboarding.grant("alice@example.com", "2027-01-31", true);

    assertThat(onboarding.text())
        .isEqualTo(
            PLAN.replace(
                "- user:alice@example.com\n",
                "- principal: user:alice@example.com\n        until: 2027-01-31\n"));
    assertThat(planned().isInSync()).isTrue();
  }

  @Test
  void permanentAccess_thatNoLineAsksFor_isNotShortenedEither() throws InterruptedException {
    onboarding.live(ACCOUNT, grant(USER, "user:carol@example.com"));

    assertThat(refusal(onboarding.grant("carol@example.com", "2027-01-31", false)).evidence())
        .isEqualTo(
            "would change when the access of user:carol@example.com ends: it has no end"
                + " (in Google), and then ends at 2027-02-01T00:00:00Z");
    assertThat(onboarding.text()).isEqualTo(PLAN);
  }

  @Test
  void permanentAccess_thatTheLineSaysEnds_isNotShortened_bySayingNothingOfIt()
      throws InterruptedException {
    onboarding.live(ACCOUNT, grant(USER, "user:bob@example.com"));

    assertThat(refusal(onboarding.grant("bob@example.com")).evidence())
        .isEqualTo(
            "would change when the access of user:bob@example.com ends: it has no end (in Google),"
                + " and then ends at 2028-01-01T00:00:00Z");
    assertThat(refusal(onboarding.grant("bob@example.com", "2028-01-31", false)).evidence())
        .contains("it has no end (in Google)");
    assertThat(onboarding.demo.writes()).isZero();
  }

  @Test
  void anAccountThatThePlanHasNotHad_isNotTakenOver_whereTheOthersWouldGo()
      throws InterruptedException {
    onboarding.write("version: 1\nproject: kleos-demo\nunmanaged: remove\nserviceAccounts: {}\n");

    assertThatThrownBy(() -> onboarding.grant("carol@example.com"))
        .isInstanceOf(PlanUsageException.class)
        .hasMessageContaining("the next apply would end everybody else's access to it");
    assertThat(onboarding.demo.writes()).isZero();
  }

  @Test
  void anEndThatWasNotRepeated_stays_unlessToldOtherwise() throws InterruptedException {
    assertThat(onboarding.grant("bob@example.com")).isInstanceOf(Nothing.class);
    assertThat(onboarding.yes.shown.getLast().remarks().kept())
        .extracting(entry -> entry.origin().line())
        .containsExactly(8);

    onboarding.grant("bob@example.com", null, true);

    assertThat(onboarding.text()).isEqualTo(WITH_BOB_FOR_EVER);
    assertThat(planned().isInSync()).isTrue();
  }

  @Test
  void aLaterEnd_replacesTheEarlier_inOneWrite() throws InterruptedException {
    onboarding.grant("bob@example.com", "2028-12-31", false);

    assertThat(onboarding.text()).isEqualTo(PLAN.replace("2027-12-31", "2028-12-31"));
    assertThat(onboarding.demo.writes()).isEqualTo(1);
    assertThat(onboarding.demo.cloud.policies().read(ACCOUNT).grants())
        .contains(
            grant(USER, "user:bob@example.com", Condition.until(LocalDate.parse("2028-12-31"))));
  }

  @Test
  void whatHasEnded_isGrantedAnew() throws InterruptedException {
    onboarding.live(ACCOUNT);
    onboarding.write(PLAN.replace("2027-12-31", "2026-01-31"));

    onboarding.grant("bob@example.com");

    assertThat(onboarding.text()).isEqualTo(WITH_BOB_FOR_EVER);
    assertThat(onboarding.members(ACCOUNT)).contains("user:bob@example.com");
  }

  @Test
  void anAccountThatIsNotThere_isNotCreated_andApplyIsNamed() throws InterruptedException {
    try (var empty = new Onboarding(folder)) {
      assertThat(empty.grant("carol@example.com"))
          .isInstanceOfSatisfying(
              AccessChange.Missing.class,
              missing -> assertThat(missing.resource()).isEqualTo(ACCOUNT));
      assertThat(empty.yes.shown).isEmpty();
      assertThat(empty.text()).isEqualTo(PLAN);
      assertThat(empty.demo.writes()).isZero();
    }
  }

  @Test
  void whatGoogleRefuses_isTakenOutOfTheFileAgain() throws InterruptedException {
    onboarding.demo.emulator.onCall(call -> {
      if (call.is("SetIamPolicy")) {
        throw Status.INVALID_ARGUMENT
            .withDescription("User carol@example.com does not exist.")
            .asRuntimeException();
      }
    });

    var change = onboarding.grant("carol@example.com");

    assertThat(files(change)).containsExactly(new FileOutcome.TakenBack("kleos-iam.yaml"));
    assertThat(onboarding.text()).isEqualTo(PLAN);
  }

  @Test
  void whatMayBeThereYet_keepsItsLine() throws InterruptedException {
    onboarding.demo.emulator.onCall(call -> {
      if (call.is("SetIamPolicy")) {
        throw Status.UNAUTHENTICATED.withDescription("who are you?").asRuntimeException();
      }
    });

    var change = onboarding.grant("carol@example.com");

    assertThat(outcomes(change)).hasOnlyElementsOfType(Outcome.Failed.class);
    assertThat(files(change))
        .containsExactly(new FileOutcome.Saved(onboarding.yes.shown.getLast().edits().getFirst()));
    assertThat(onboarding.text()).isEqualTo(WITH_CAROL);
  }

  @Test
  void aPolicyThatCannotBeRead_endsIt_beforeAnything() throws InterruptedException {
    onboarding.demo.emulator.onCall(call -> {
      if (call.is("GetIamPolicy")) {
        throw Status.PERMISSION_DENIED.withDescription("hidden").asRuntimeException();
      }
    });

    assertThat(onboarding.grant("carol@example.com")).isInstanceOf(Unreadable.class);

    assertThat(onboarding.yes.asked).isEmpty();
    assertThat(onboarding.text()).isEqualTo(PLAN);
  }

  @Test
  void aFileThatWasEditedMeanwhile_keepsThatEdit_andGetsTheLine() throws InterruptedException {
    var rivals = PLAN.replace("version: 1\n", "# reviewed\nversion: 1\n");
    onboarding.yes.meanwhile = () -> onboarding.write(rivals);

    assertThat(outcomes(onboarding.grant("carol@example.com")))
        .containsExactly(new Outcome.Applied(1));

    assertThat(onboarding.text())
        .isEqualTo(WITH_CAROL.replace("version: 1\n", "# reviewed\nversion: 1\n"));
  }

  @Test
  void aFileThatSomebodyGaveTheSameLineMeanwhile_isFine() throws InterruptedException {
    onboarding.yes.meanwhile = () -> onboarding.write(WITH_CAROL);

    assertThat(outcomes(onboarding.grant("carol@example.com")))
        .containsExactly(new Outcome.Applied(1));
    assertThat(onboarding.text()).isEqualTo(WITH_CAROL);
  }

  @Test
  void aFileThatMeansSomethingElseNow_endsIt_beforeAnything() throws InterruptedException {
    var rivals = PLAN.replace("services:\n", "userRoles: [" + USER + "]\nservices:\n");
    onboarding.yes.meanwhile = () -> onboarding.write(rivals);

    assertThat(onboarding.grant("carol@example.com")).isInstanceOf(Overtaken.class);

    assertThat(onboarding.text()).isEqualTo(rivals);
    assertThat(onboarding.demo.writes()).isZero();
  }

  @Test
  void aFileThatIsBrokenOrWithoutTheAccountNow_endsIt_beforeAnything() throws InterruptedException {
    for (var rivals :
        List.of(
            PLAN + "- [",
            PLAN.replace("  kleos-invoker:\n    users", "  another-one:\n    users")
                .replace("[kleos-invoker]", "[]"))) {
      onboarding.write(PLAN);
      onboarding.yes.meanwhile = () -> onboarding.write(rivals);

      assertThat(onboarding.grant("carol@example.com")).isInstanceOf(Overtaken.class);

      assertThat(onboarding.text()).isEqualTo(rivals);
      assertThat(onboarding.demo.writes()).isZero();
    }
  }

  @Test
  void aLineThatContradictsABinding_isAProblemOfThePlan() throws InterruptedException {
    onboarding.write(
        PLAN.replace(
            "services:\n",
            """
                bindings:
                  - role: %s
                    members: [user:carol@example.com]
                    condition: {title: t, expression: 'true'}
            services:
            """
                .formatted(USER)));

    assertThat(onboarding.grant("carol@example.com"))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .extracting(problem -> problem.code())
                    .contains("KI061"));
    assertThat(onboarding.demo.writes()).isZero();
  }

  @Test
  void severalFilesWithTheAccount_areAUsageError_thatListsThem() throws Exception {
    Files.createDirectory(folder.resolve("plans"));
    for (var name : List.of("a.yaml", "b.yaml")) {
      Files.writeString(
          folder.resolve("plans").resolve(name),
          "version: 1\nproject: kleos-demo\nserviceAccounts:\n  kleos-invoker: {}\n");
    }
    Files.delete(folder.resolve("kleos-iam.yaml"));

    assertThatThrownBy(() -> onboarding.grant("carol@example.com"))
        .isInstanceOf(PlanUsageException.class)
        .hasMessage(
            "several files have projects/kleos-demo/serviceAccounts/"
                + ACCOUNT.email()
                + ": plans/a.yaml:4, plans/b.yaml:4; name one with -f");
  }

  @Test
  void anEntryInSeveralFiles_isAUsageError_thatListsThem() throws Exception {
    Files.createDirectory(folder.resolve("plans"));
    for (var name : List.of("a.yaml", "b.yaml")) {
      Files.writeString(
          folder.resolve("plans").resolve(name),
          """
          version: 1
          project: kleos-demo
          serviceAccounts:
            kleos-invoker:
              users: [user:carol@example.com]
          """);
    }
    Files.delete(folder.resolve("kleos-iam.yaml"));

    assertThatThrownBy(() -> onboarding.grant("carol@example.com"))
        .isInstanceOf(PlanUsageException.class)
        .hasMessage(
            "user:carol@example.com stands there more than once: plans/a.yaml:5, plans/b.yaml:5;"
                + " keep one of these lines");
  }

  private ChangeSet planned() throws InterruptedException {
    return onboarding.demo.preview(onboarding.files().compile(RandomIam.NOW).desired()).changeSet();
  }

  private static Refusal refusal(AccessChange change) {
    assertThat(change).isInstanceOf(Refused.class);
    var refusals = ((Refused) change).proposal().previewed().refusals();
    assertThat(refusals).hasSize(1);
    return refusals.getFirst();
  }

  private static List<Outcome> outcomes(AccessChange change) {
    assertThat(change).isInstanceOf(Done.class);
    return ((Done) change).applied().stream().map(AppliedChange::outcome).toList();
  }

  private static List<FileOutcome> files(AccessChange change) {
    assertThat(change).isInstanceOf(Done.class);
    return ((Done) change).files();
  }
}
