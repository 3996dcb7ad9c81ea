package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static dev.kleos.iam.emulator.Google.account;
import static dev.kleos.iam.emulator.Google.binding;
import static dev.kleos.iam.emulator.Google.email;
import static dev.kleos.iam.emulator.Google.failure;
import static dev.kleos.iam.emulator.Google.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.iam.admin.v1.GetServiceAccountRequest;
import com.google.iam.v1.Policy;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What each kind of fault does to the calls that it meets, and to no others.
class FaultsTest {
  private static final String ALICE = "user:alice@example.com";
  private static final FaultKind UNAVAILABLE = new FaultKind.Status(Code.UNAVAILABLE);

  private final Google google = Google.demo();
  private final Faults faults = google.emulator.faults();

  @AfterEach
  void close() {
    google.close();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"OK", "UNRECOGNIZED"},
      mode = EnumSource.Mode.EXCLUDE)
  void status_isTheAnswer_andNothingIsDone(Code code) {
    faults.add(Fault.of("SetIamPolicy", new FaultKind.Status(code)));

    var refused = failure(() -> google.set(SERVICE, viewedBy(ALICE)));

    assertThat(refused.getStatus().getCode().value()).isEqualTo(code.getNumber());
    assertThat(refused.getStatus().getDescription()).isEqualTo("A fault of the emulator.");
    assertThat(google.get(SERVICE)).isEqualTo(Policies.NEVER_SET);
    assertThat(google.emulator.calls().answers().getFirst().status())
        .contains(refused.getStatus().getCode());
  }

  @Test
  void status_saysWhatItIsToldTo_andHowLongToWait() throws Exception {
    var wait = Optional.of(Duration.ofMillis(86_401_500));
    faults.add(
        Fault.of("GetProject", new FaultKind.Status(Code.RESOURCE_EXHAUSTED, "Slower.", wait)));

    var status = Objects.requireNonNull(StatusProto.fromThrowable(failure(this::project)));

    assertThat(status.getMessage()).isEqualTo("Slower.");
    var delay = status.getDetails(0).unpack(RetryInfo.class).getRetryDelay();
    assertThat(delay.getSeconds()).isEqualTo(86_401);
    assertThat(delay.getNanos()).isEqualTo(500_000_000);
  }

  @Test
  void aFault_sparesTheFirstCalls_meetsTheNext_andIsOver() {
    faults.add(Fault.of("GetIamPolicy", UNAVAILABLE).after(1).times(2));

    assertThat(answers(5, () -> google.get(SERVICE)))
        .containsExactly("OK", "UNAVAILABLE", "UNAVAILABLE", "OK", "OK");
    var state = faults.states().getFirst();
    assertThat(state.left()).hasValue(0);
    assertThat(state.injected()).isEqualTo(2);
  }

  @Test
  void aFaultOfAllCalls_isNeverOver_untilItIsCleared() {
    faults.add(Fault.of("GetIamPolicy", UNAVAILABLE).always());

    assertThat(answers(3, () -> google.get(SERVICE))).containsOnly("UNAVAILABLE");
    assertThat(faults.states().getFirst().left()).isEmpty();
    faults.clear();
    assertThat(answers(1, () -> google.get(SERVICE))).containsOnly("OK");
    assertThat(faults.states()).isEmpty();
  }

  @Test
  void aFault_meetsNoOtherMethod_andNoOtherResource() {
    faults.add(Fault.of("SetIamPolicy", UNAVAILABLE).always());
    faults.add(Fault.of("google.cloud.run.v2.Services/Get*", UNAVAILABLE).on("*/kleos-other"));

    assertThat(answers(1, () -> google.get(PROJECT))).containsOnly("OK");
    assertThat(answers(1, () -> google.get(SERVICE))).containsOnly("OK");
    faults.add(Fault.of("google.cloud.run.v2.Services/Get*", UNAVAILABLE).on("*/kleos-service"));
    assertThat(answers(1, () -> google.get(PROJECT))).containsOnly("OK");
    assertThat(answers(1, () -> google.get(SERVICE))).containsOnly("UNAVAILABLE");
  }

  @Test
  void aResource_isKnownByEachOfItsNames() {
    var uniqueId = google.create("robot-one").getUniqueId();
    faults.add(Fault.of("GetServiceAccount", UNAVAILABLE).on(account("robot-one")).always());

    for (var name :
        List.of(
            "projects/-/serviceAccounts/" + email("robot-one"),
            "projects/123456789012/serviceAccounts/" + uniqueId)) {
      assertThat(answers(1, () -> find(name))).containsOnly("UNAVAILABLE");
    }
    faults.clear();
    faults.add(Fault.of("GetServiceAccount", UNAVAILABLE).on("projects/-/*").always());
    assertThat(answers(1, () -> find("projects/-/serviceAccounts/" + uniqueId)))
        .containsOnly("UNAVAILABLE");
    assertThat(answers(1, () -> find(account("robot-one")))).containsOnly("OK");
  }

  @Test
  void aCall_meetsTheFirstFaultThatIsDue_andTheOthersDoNotSeeIt() {
    faults.add(Fault.of("GetIamPolicy", new FaultKind.Status(Code.INTERNAL)).after(1));
    faults.add(Fault.of("GetIamPolicy", UNAVAILABLE).times(2));

    assertThat(answers(4, () -> google.get(SERVICE)))
        .containsExactly("UNAVAILABLE", "INTERNAL", "UNAVAILABLE", "OK");
  }

  @Test
  void latencies_addUp_besidesAnotherFault() {
    faults.add(Fault.of("GetIamPolicy", new FaultKind.Latency(Duration.ofMillis(40))));
    faults.add(Fault.of("GetIamPolicy", UNAVAILABLE));
    faults.add(
        Fault.of("GetIamPolicy", new FaultKind.Latency(Duration.ofMillis(30))).after(1).always());

    var begin = System.nanoTime();
    assertThat(answers(1, () -> google.get(SERVICE))).containsOnly("UNAVAILABLE");
    assertThat(answers(1, () -> google.get(SERVICE))).containsOnly("OK");

    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(70_000_000);
    assertThat(faults.states()).extracting(Faults.State::injected).containsExactly(1L, 1L, 1L);
  }

  @Test
  void conflict_isSaidInGooglesWords_whateverTheEtag() {
    faults.add(Fault.of("*", new FaultKind.Conflict()).times(2));

    assertThat(google.get(SERVICE)).isEqualTo(Policies.NEVER_SET);
    for (var sent : List.of(viewedBy(ALICE), Policies.NEVER_SET)) {
      var refused = failure(() -> google.set(SERVICE, sent));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
      assertThat(refused.getStatus().getDescription())
          .startsWith("There were concurrent policy changes.");
    }
    assertThat(google.get(SERVICE)).isEqualTo(Policies.NEVER_SET);
    google.set(SERVICE, viewedBy(ALICE));
  }

  @Test
  void answerLost_isAWriteThatIsDone_ofWhichTheCallerHearsNothing() {
    faults.add(Fault.of("SetIamPolicy", new FaultKind.AnswerLost()));

    var lost = failure(() -> google.set(SERVICE, viewedBy(ALICE)));

    assertThat(lost.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(google.get(SERVICE).getBindingsList()).isEqualTo(viewedBy(ALICE).getBindingsList());
    assertThat(google.emulator.calls().answers().getFirst().status())
        .contains(Status.Code.UNAVAILABLE);
  }

  @Test
  void answerLost_losesRefusalsToo_onceEach() {
    faults.add(Fault.of("SetIamPolicy", new FaultKind.AnswerLost()));
    var nonsense = policy(binding("nonsense", ALICE));

    assertThat(answers(2, () -> google.set(SERVICE, nonsense)))
        .containsExactly("UNAVAILABLE", "INVALID_ARGUMENT");
  }

  @Test
  void connectionCut_isACallThatIsNotMade() {
    faults.add(Fault.of("SetIamPolicy", new FaultKind.ConnectionCut()));

    assertThat(answers(1, () -> google.set(SERVICE, viewedBy(ALICE)))).containsOnly("UNAVAILABLE");
    assertThat(google.get(SERVICE)).isEqualTo(Policies.NEVER_SET);
  }

  @Test
  void staleRead_isWhatThePolicyWasBeforeItsLastWrite_etagAndAll() {
    google.set(SERVICE, viewedBy("user:before@example.com"));
    faults.add(Fault.of("GetIamPolicy", new FaultKind.StaleReads(Optional.empty())).times(2));
    var first = google.get(SERVICE);
    assertThat(first.getBindings(0).getMembersList()).containsExactly("user:before@example.com");

    var second = google.set(SERVICE, viewedBy(ALICE));
    assertThat(google.get(SERVICE)).isEqualTo(first);
    google.emulator.world().putPolicy(SERVICE, viewedBy("user:rival@example.com"));
    assertThat(google.get(PROJECT)).isEqualTo(Policies.NEVER_SET);
    assertThat(google.get(SERVICE)).isEqualTo(second);
    assertThat(google.get(SERVICE).getBindings(0).getMembersList())
        .containsExactly("user:rival@example.com");
    assertThat(failure(() -> google.set(SERVICE, first)).getStatus().getCode())
        .isEqualTo(Status.Code.ABORTED);
  }

  @Test
  void staleReads_endAfterTheirTime_byTheEmulatorsClock() {
    faults.add(
        Fault.of("*", new FaultKind.StaleReads(Optional.of(Duration.ofSeconds(10)))).always());
    google.set(SERVICE, viewedBy(ALICE));

    google.emulator.advanceClock(Duration.ofSeconds(5));
    assertThat(google.get(SERVICE)).isEqualTo(Policies.NEVER_SET);
    google.emulator.advanceClock(Duration.ofSeconds(5));
    assertThat(google.get(SERVICE).getBindingsCount()).isOne();
  }

  @Test
  void staleReads_forgetWhatWasBeforeAReset_andWhatWasNotSaved() {
    faults.add(Fault.of("GetIamPolicy", new FaultKind.StaleReads(Optional.empty())).always());
    google.set(SERVICE, viewedBy(ALICE));
    google.emulator.reset();
    assertThat(google.get(SERVICE)).isEqualTo(Policies.NEVER_SET);

    google
        .emulator
        .world()
        .keptBy(_ -> {
          throw new StateFileException("disk full");
        });
    assertThat(answers(1, () -> google.set(PROJECT, viewedBy(ALICE)))).containsOnly("DATA_LOSS");
    google.emulator.world().keptBy(_ -> {});
    assertThat(answers(1, () -> google.get(PROJECT))).containsOnly("OK");
    assertThat(faults.states().getFirst().injected()).isZero();
  }

  @Test
  void aNewAccount_isThereForEverySecondCall_elseNotFoundAndDeniedByTurns() {
    google.create("older-one");
    faults.add(Fault.of("*", new FaultKind.FlappingAccounts(Optional.empty())).always());
    google.create("newer-one");

    assertThat(answers(4, () -> find(account("older-one")))).containsOnly("OK");
    assertThat(answers(5, () -> find(account("newer-one"))))
        .containsExactly("OK", "NOT_FOUND", "OK", "PERMISSION_DENIED", "OK");
    assertThat(failure(() -> google.get(account("newer-one"))).getStatus().getDescription())
        .isEqualTo("Service account " + account("newer-one") + " does not exist.");
    assertThat(failure(() -> google.create("newer-one")).getStatus().getCode())
        .isEqualTo(Status.Code.ALREADY_EXISTS);
  }

  @Test
  void aPolicyThatNamesANewAccount_isTakenEverySecondTime() {
    faults.add(Fault.of("SetIamPolicy", new FaultKind.FlappingAccounts(Optional.empty())).always());
    google.create("newer-one");
    var sent = viewedBy("serviceAccount:" + email("newer-one"));

    assertThat(answers(4, () -> google.set(SERVICE, sent)))
        .containsExactly("OK", "INVALID_ARGUMENT", "OK", "INVALID_ARGUMENT");
    google.set(SERVICE, sent);
    assertThat(failure(() -> google.set(SERVICE, sent)).getStatus().getDescription())
        .isEqualTo("Service account " + email("newer-one") + " does not exist.");
    assertThat(answers(2, () -> find(account("newer-one")))).containsOnly("OK");
  }

  @Test
  void aNewAccount_isSeenByAll_afterItsTime_orSoManyFaults() {
    faults.add(
        Fault.of("*", new FaultKind.FlappingAccounts(Optional.of(Duration.ofMinutes(1)))).times(2));
    google.create("first-one");
    google.create("second-one");

    assertThat(answers(6, () -> find(account("first-one"))))
        .containsExactly("OK", "NOT_FOUND", "OK", "PERMISSION_DENIED", "OK", "OK");
    faults.clear();
    faults.add(
        Fault.of("*", new FaultKind.FlappingAccounts(Optional.of(Duration.ofMinutes(1)))).always());
    google.create("third-one");
    assertThat(answers(2, () -> find(account("third-one")))).containsExactly("OK", "NOT_FOUND");
    google.emulator.advanceClock(Duration.ofMinutes(1));
    assertThat(answers(2, () -> find(account("third-one")))).containsOnly("OK");
    assertThat(answers(2, () -> find(account("second-one")))).containsOnly("OK");
  }

  @Test
  void anAccountWhoseCreationWasNotHeardOf_isNewToo() {
    faults.add(Fault.of("CreateServiceAccount", new FaultKind.AnswerLost()));
    faults.add(Fault.of("*", new FaultKind.FlappingAccounts(Optional.empty())));

    assertThat(answers(1, () -> google.create("newer-one"))).containsOnly("UNAVAILABLE");

    assertThat(answers(3, () -> find(account("newer-one"))))
        .containsExactly("OK", "NOT_FOUND", "OK");
  }

  @Test
  void aMethodThatTheEmulatorDoesNotHave_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.add(Fault.of("SetIAMPolicy", UNAVAILABLE)))
        .withMessage("no method of the emulator: SetIAMPolicy");
    faults.add(Fault.of("GenerateIdToken", UNAVAILABLE)); // of an API that is not yet made
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.of("*", UNAVAILABLE).times(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.of("*", UNAVAILABLE).after(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.of("*", new FaultKind.ShortPage(0)).always());
    assertThat(faults.states()).extracting(Faults.State::left).containsExactly(OptionalLong.of(1));
  }

  @Test
  void reset_leavesFaultsAndClockAsTheyAre() {
    faults.add(Fault.of("GetIamPolicy", UNAVAILABLE));
    google.emulator.advanceClock(Duration.ofDays(400));
    var then = google.emulator.now();

    google.emulator.reset();

    assertThat(answers(2, () -> google.get(SERVICE))).containsExactly("UNAVAILABLE", "OK");
    assertThat(google.emulator.now()).isAfterOrEqualTo(then);
  }

  private static List<String> answers(int calls, Supplier<?> call) {
    return IntStream.range(0, calls)
        .mapToObj(_ -> {
          try {
            assertThat(call.get()).isNotNull();
            return "OK";
          } catch (StatusRuntimeException e) {
            return e.getStatus().getCode().name();
          }
        })
        .toList();
  }

  private static Policy viewedBy(String member) {
    var role = member.startsWith("serviceAccount:") ? "roles/run.invoker" : "roles/run.viewer";
    return policy(binding(role, member));
  }

  private void project() {
    google.projects.getProject(GetProjectRequest.newBuilder().setName(PROJECT).build());
  }

  private Object find(String name) {
    return google.iam.getServiceAccount(
        GetServiceAccountRequest.newBuilder().setName(name).build());
  }
}
