package dev.kleos.iam.conformance;

import static dev.kleos.iam.conformance.Stage.binding;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.Binding;
import com.google.type.Expr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// gcloud on policies that hold conditions. Outside a terminal it wants to be told which binding is
/// meant, and asks nobody.
@Execution(ExecutionMode.CONCURRENT)
class GcloudConditionsTest {
  private static final String ALICE = "user:alice@example.com";
  private static final String BOB = "user:bob@example.com";
  private static final Expr UNTIL =
      Expr.newBuilder()
          .setTitle("until 2027-01-31")
          .setDescription("")
          .setExpression("request.time < timestamp(\"2027-02-01T00:00:00Z\")")
          .build();
  private static final String THAT_CONDITION =
      "--condition=title=" + UNTIL.getTitle() + ",expression=" + UNTIL.getExpression();

  private final Stage stage = new Stage();

  @BeforeEach
  void furnish() {
    stage.account("kleos-invoker");
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @ParameterizedTest
  @EnumSource
  void add_withACondition_addsABindingOfItsOwn_andRemoveEndsItAlone(Target target) {
    stage.given(target.resource, plain(target, ALICE));

    var added = stage.gcloud(target).done(target.add(ALICE), THAT_CONDITION).policy();
    assertThat(added).isEqualTo(stage.world().policy(target.resource));
    assertThat(added.getVersion()).isEqualTo(3);
    assertThat(added.getBindingsList())
        .containsExactlyInAnyOrder(plain(target, ALICE), limited(target, ALICE));

    var removed = stage.gcloud(target).done(target.remove(ALICE), THAT_CONDITION).policy();
    assertThat(removed).isEqualTo(stage.world().policy(target.resource));
    assertThat(removed.getVersion()).isEqualTo(1);
    assertThat(removed.getBindingsList()).containsExactly(plain(target, ALICE));
  }

  @ParameterizedTest
  @EnumSource
  void addAndRemove_whichSayNothingOfConditions_areRefusedByGcloudItself(Target target) {
    stage.given(target.resource, plain(target, ALICE), limited(target, BOB));
    var before = stage.world().policy(target.resource);

    stage.gcloud(target).refused(target.add(BOB));
    stage.gcloud(target).refused(target.remove(ALICE));

    assertThat(stage.world().policy(target.resource)).isEqualTo(before);
    assertThat(stage.calls("SetIamPolicy")).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void addAndRemove_withoutCondition_leaveTheConditionalBindingAlone(Target target) {
    stage.given(target.resource, plain(target, ALICE), limited(target, BOB));

    stage.gcloud(target).done(target.add(BOB), "--condition=None");
    assertThat(stage.bindings(target.resource))
        .containsExactlyInAnyOrder(plain(target, ALICE, BOB), limited(target, BOB));

    stage.gcloud(target).done(target.remove(BOB), "--condition=None");
    assertThat(stage.bindings(target.resource))
        .containsExactlyInAnyOrder(plain(target, ALICE), limited(target, BOB));
  }

  @ParameterizedTest
  @EnumSource
  void remove_ofAll_endsEveryGrantOfTheMember(Target target) {
    stage.given(target.resource, plain(target, ALICE, BOB), limited(target, ALICE, BOB));

    stage.gcloud(target).done(target.remove(BOB), "--all");

    assertThat(stage.bindings(target.resource))
        .containsExactlyInAnyOrder(plain(target, ALICE), limited(target, ALICE));
  }

  @ParameterizedTest
  @EnumSource
  void set_ofWhatGetWrote_keepsTheCondition(Target target) {
    stage.given(target.resource, plain(target, ALICE), limited(target, BOB));
    var read = stage.gcloud(target).done(target.get());

    stage.gcloud(target).done(target.set(), stage.file("policy.json", read.out()).toString());

    assertThat(stage.bindings(target.resource))
        .containsExactlyInAnyOrder(plain(target, ALICE), limited(target, BOB));
  }

  private static Binding plain(Target target, String... members) {
    return binding(target.role, members);
  }

  private static Binding limited(Target target, String... members) {
    return binding(target.role, UNTIL, members);
  }
}
