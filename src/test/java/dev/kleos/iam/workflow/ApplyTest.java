package dev.kleos.iam.workflow;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kleos.iam.cloud.FakeCloud;
import dev.kleos.iam.google.GoogleCloud;
import dev.kleos.iam.google.LostAnswer;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.DesiredState;
import dev.kleos.iam.model.DesiredState.DesiredPolicy;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.RandomIam;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.ServiceAccount;
import dev.kleos.iam.planner.Overrides;
import dev.kleos.iam.planner.Pruning;
import dev.kleos.iam.planner.Refusal;
import dev.kleos.iam.planner.Wish;
import dev.kleos.iam.workflow.Demo.Answering;
import io.grpc.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApplyTest {
  private static final ServiceAccount ACCOUNT =
      ServiceAccount.desired(Demo.ACCOUNT, "Kleos invoker", null);
  private static final String INVOKER = "roles/run.invoker";
  private static final String USER = "roles/iam.serviceAccountUser";
  private static final String ALICE = "user:alice@example.com";
  private static final String BOB = "user:bob@example.com";

  private final Demo demo = new Demo();
  private final Answering yes = new Answering(true);

  @AfterEach
  void close() {
    demo.close();
  }

  @Test
  void apply_makesThePlanLive_andThenIsInSync_withoutAskingOrWriting() throws InterruptedException {
    assertThat(outcomes(demo.apply(everything(), Pruning.NONE, yes)))
        .hasSize(4)
        .containsOnly(new Outcome.Applied(1));
    assertThat(yes.asked).isEqualTo(yes.shown).hasSize(1);
    demo.emulator.calls().clear();

    assertThat(demo.apply(everything(), Pruning.NONE, yes)).isInstanceOf(Apply.InSync.class);
    assertThat(yes.shown).hasSize(2);
    assertThat(yes.asked).hasSize(1);
    assertThat(demo.writes()).isZero();
  }

  @Test
  void apply_ofWhatWasNotConfirmed_writesNothing() throws InterruptedException {
    var no = new Answering(false);

    assertThat(demo.apply(everything(), Pruning.NONE, no)).isInstanceOf(Apply.NotConfirmed.class);
    assertThat(no.asked).hasSize(1);
    assertThat(demo.writes()).isZero();
  }

  @Test
  void apply_withSomethingUnreadable_showsTheRest_andAsksAndWritesNothing()
      throws InterruptedException {
    demo.emulator.onCall(call -> {
      if (call.resource().equals(Demo.PROJECT.name()) && call.is("GetIamPolicy")) {
        throw Status.PERMISSION_DENIED.withDescription("hidden").asRuntimeException();
      }
    });

    var result = demo.apply(everything(), Pruning.NONE, yes);

    assertThat(result).isInstanceOf(Apply.Unreadable.class);
    assertThat(result.previewed().changeSet().changes()).hasSize(3);
    assertThat(result.previewed().changeSet().unreadable())
        .extracting(Failure::code, Failure::resource, Failure::message)
        .containsExactly(tuple("PERMISSION_DENIED", Demo.PROJECT.name(), "hidden"));
    assertThat(yes.shown).hasSize(1);
    assertThat(yes.asked).isEmpty();
    assertThat(demo.writes()).isZero();
  }

  @Test
  void apply_whatAGuardRefuses_asksAndWritesNothing() throws InterruptedException {
    var open = Wish.on(Demo.SERVICE).wants(grant(INVOKER, "allUsers")).policy();

    var result = demo.apply(Wish.plan(List.of(ACCOUNT), account(), open), Pruning.NONE, yes);

    assertThat(result).isInstanceOf(Apply.Refused.class);
    assertThat(result.previewed().refusals())
        .extracting(Refusal::resource)
        .containsExactly(Demo.SERVICE);
    assertThat(yes.asked).isEmpty();
    assertThat(demo.writes()).isZero();
  }

  @Test
  void apply_ofAnotherProjectThanThePlanExpects_isRefused_alsoInSync() throws InterruptedException {
    var desired = new DesiredState(List.of(), List.of(), Map.of("kleos-demo", "1"));

    assertThat(demo.apply(desired, Pruning.NONE, yes)).isInstanceOf(Apply.Refused.class);
    assertThat(demo.preview(desired).refusals())
        .containsExactly(
            new Refusal(
                Demo.PROJECT,
                "has the number 123456789012, the plan expects 1",
                "it is another project: mend project or expectedProjectNumber in the plan file"));
    assertThat(demo.writes()).isZero();
  }

  @Test
  void apply_ofTheProjectThatThePlanExpects_isFine() throws InterruptedException {
    var desired =
        new DesiredState(
            List.of(ACCOUNT), List.of(account()), Map.of("kleos-demo", "123456789012"));

    assertThat(demo.apply(desired)).isInstanceOf(Apply.Done.class);
  }

  @Test
  void aProject_whoseNumberCannotBeRead_isUnreadable() throws InterruptedException {
    var desired = new DesiredState(List.of(), List.of(), Map.of("absent", "1"));

    assertThat(demo.apply(desired)).isInstanceOf(Apply.Unreadable.class);
  }

  @Test
  void prune_removesWhatThePlanDoesNotName_onAccountsAndServices_butNotOnTheProject()
      throws InterruptedException {
    demo.apply(everything());
    for (var resource : List.of(Demo.ACCOUNT, Demo.SERVICE, Demo.PROJECT)) {
      var live = demo.cloud.policies().read(resource);
      var more = new HashSet<>(live.grants());
      more.add(grant(roleOn(resource), BOB));
      demo.cloud.policies().compareAndSet(resource, live.withGrants(more));
    }

    assertThat(demo.apply(everything())).isInstanceOf(Apply.InSync.class);
    demo.apply(everything(), new Pruning(true, false, false, false, Set.of()), yes);

    assertThat(members(Demo.ACCOUNT)).doesNotContain(BOB);
    assertThat(members(Demo.SERVICE)).doesNotContain(BOB);
    assertThat(members(Demo.PROJECT)).contains(BOB);
    assertThat(yes.asked.getLast().changeSet().summary().remove()).isEqualTo(2);

    demo.apply(everything(), new Pruning(false, true, false, false, Set.of()), yes);
    assertThat(members(Demo.PROJECT)).doesNotContain(BOB);
  }

  @Test
  void aDisabledAccount_isGrantedOn_andShown_andStaysDisabled() throws InterruptedException {
    demo.apply(everything());
    var disabled =
        new ServiceAccount(Demo.ACCOUNT, "Kleos invoker", "", "100000000000000000001", true);
    var cloud = FakeCloud.of("kleos-demo").with(disabled);

    var result =
        Demo.apply(cloud)
            .run(Wish.plan(List.of(ACCOUNT), account()), Pruning.NONE, Overrides.NONE, yes);

    assertThat(result.previewed().changeSet().disabled()).containsExactly(Demo.ACCOUNT);
    assertThat(outcomes(result)).containsExactly(new Outcome.Applied(1));
    assertThat(cloud.account(Demo.ACCOUNT)).contains(disabled);
  }

  @Test
  void aChangedUntil_replacesTheOldGrant_inOneWrite() throws InterruptedException {
    var soon = Condition.until(RandomIam.NOW.plusSeconds(60));
    var later = Condition.until(RandomIam.NOW.plusSeconds(3600));
    demo.apply(Wish.plan(Wish.on(Demo.SERVICE).wants(grant(INVOKER, ALICE, soon)).policy()));
    demo.emulator.calls().clear();

    demo.apply(Wish.plan(Wish.on(Demo.SERVICE).wants(grant(INVOKER, ALICE, later)).policy()));

    assertThat(demo.cloud.policies().read(Demo.SERVICE).grants())
        .containsExactly(grant(INVOKER, ALICE, later));
    assertThat(demo.writes()).isEqualTo(1);
  }

  @Test
  void aLostAnswerToAWrite_endsWell_withTheGrantThereOnce() throws InterruptedException {
    var lossy = demo.emulator.channelBuilder().intercept(new LostAnswer("SetIamPolicy"));
    try (var cloud = GoogleCloud.over(lossy)) {
      var result =
          Demo.apply(cloud)
              .run(
                  Wish.plan(Wish.on(Demo.SERVICE).wants(grant(INVOKER, ALICE)).policy()),
                  Pruning.NONE,
                  Overrides.NONE,
                  yes);

      assertThat(outcomes(result)).containsExactly(new Outcome.AlreadyInEffect(true));
      assertThat(members(Demo.SERVICE)).containsExactly(ALICE);
    }
  }

  @Test
  void aLostAnswerToACreation_endsWell_andTheNewAccountsPolicyIsWritten()
      throws InterruptedException {
    var lossy = demo.emulator.channelBuilder().intercept(new LostAnswer("CreateServiceAccount"));
    try (var cloud = GoogleCloud.over(lossy)) {
      var result =
          Demo.apply(cloud)
              .run(Wish.plan(List.of(ACCOUNT), account()), Pruning.NONE, Overrides.NONE, yes);

      assertThat(outcomes(result))
          .containsExactly(new Outcome.AlreadyInEffect(true), new Outcome.Applied(1));
    }
  }

  @Test
  void aNewAccount_thatFlapsOnTheWire_isWaitedFor() throws InterruptedException {
    var answers = new ConcurrentLinkedQueue<>(List.of("404", "403", "400", "200", "404"));
    demo.emulator.onCall(call -> {
      if (demo.calls("CreateServiceAccount", Demo.PROJECT) > 0
          && call.resource().equals(Demo.ACCOUNT.name())) {
        var text = "Service account " + Demo.ACCOUNT.email() + " does not exist.";
        switch (String.valueOf(answers.poll())) {
          case "404" -> throw Status.NOT_FOUND.withDescription(text).asRuntimeException();
          case "403" -> throw Status.PERMISSION_DENIED.withDescription(text).asRuntimeException();
          case "400" -> throw Status.INVALID_ARGUMENT.withDescription(text).asRuntimeException();
          default -> {}
        }
      }
    });

    assertThat(outcomes(demo.apply(everything()))).hasSize(4).containsOnly(new Outcome.Applied(1));
    assertThat(answers).isEmpty();
  }

  private static DesiredState everything() {
    return Wish.plan(
        List.of(ACCOUNT),
        account(),
        Wish.on(Demo.SERVICE).wants(grant(INVOKER, Demo.ACCOUNT.principal().spelling())).policy(),
        Wish.on(Demo.PROJECT).wants(grant("roles/run.viewer", "group:devs@example.com")).policy());
  }

  private static DesiredPolicy account() {
    return Wish.on(Demo.ACCOUNT).users(List.of(ALICE)).policy();
  }

  private static String roleOn(Resource resource) {
    return switch (resource) {
      case Resource.Account _ -> USER;
      case Resource.Service _ -> INVOKER;
      case Resource.Project _ -> "roles/run.viewer";
    };
  }

  private List<String> members(Resource resource) {
    return demo.cloud.policies().read(resource).grants().stream()
        .map(Grant::principal)
        .map(Object::toString)
        .toList();
  }

  private static List<Outcome> outcomes(Apply.Result result) {
    assertThat(result).isInstanceOf(Apply.Done.class);
    return ((Apply.Done) result).applied().stream().map(AppliedChange::outcome).toList();
  }
}
