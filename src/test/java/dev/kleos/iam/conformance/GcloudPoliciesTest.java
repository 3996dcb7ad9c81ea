package dev.kleos.iam.conformance;

import static dev.kleos.iam.conformance.Stage.binding;
import static dev.kleos.iam.conformance.Stage.email;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.Policy;
import com.google.protobuf.ByteString;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// gcloud's commands for policies, which are to do the same on an account, a service and a project.
@Execution(ExecutionMode.CONCURRENT)
class GcloudPoliciesTest {
  private static final String ALICE = "user:alice@example.com";
  private static final String BOB = "user:bob@example.com";
  private static final String CONFLICT =
      "There were concurrent policy changes. Please retry the whole read-modify-write with"
          + " exponential backoff.";

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
  void get_ofAPolicyThatWasNeverSet_hasNothingButAnEtag(Target target) {
    var neverSet = ByteString.copyFrom(new byte[] {0, 0x20, 1});

    assertThat(stage.gcloud(target).done(target.get()).policy())
        .isEqualTo(Policy.newBuilder().setEtag(neverSet).build());
  }

  @ParameterizedTest
  @EnumSource
  void add_thenRemove_leavesWhatWasThere(Target target) {
    stage.given(target.resource, binding(target.role, ALICE));

    var added = stage.gcloud(target).done(target.add(BOB)).policy();
    assertThat(added).isEqualTo(stage.world().policy(target.resource));
    assertThat(added.getBindingsList()).containsExactly(binding(target.role, ALICE, BOB));

    var removed = stage.gcloud(target).done(target.remove(BOB)).policy();
    assertThat(removed).isEqualTo(stage.world().policy(target.resource));
    assertThat(removed.getBindingsList()).containsExactly(binding(target.role, ALICE));
  }

  @ParameterizedTest
  @EnumSource
  void add_ofWhatIsThere_changesNothing_andRemovingTheLastMemberEndsTheBinding(Target target) {
    stage.given(target.resource, binding(target.role, ALICE));

    stage.gcloud(target).done(target.add(ALICE));
    assertThat(stage.bindings(target.resource)).containsExactly(binding(target.role, ALICE));

    stage.gcloud(target).done(target.remove(ALICE));
    assertThat(stage.bindings(target.resource)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void remove_ofWhatIsNotThere_isRefusedByGcloudItself(Target target) {
    stage.given(target.resource, binding(target.role, ALICE));

    stage.gcloud(target).refused(target.remove(BOB));

    assertThat(stage.bindings(target.resource)).containsExactly(binding(target.role, ALICE));
    assertThat(stage.calls("SetIamPolicy")).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void set_ofWhatGetWrote_isTaken_andTheSecondTimeItIsStale(Target target) {
    stage.given(target.resource, binding(target.role, ALICE));
    var read = stage.gcloud(target).done(target.get());
    assertThat(read.policy()).isEqualTo(stage.world().policy(target.resource));
    var file = stage.file("policy.json", read.out().replace(ALICE, BOB)).toString();

    var stored = stage.gcloud(target).done(target.set(), file).policy();
    assertThat(stored).isEqualTo(stage.world().policy(target.resource));
    assertThat(stored.getBindingsList()).containsExactly(binding(target.role, BOB));

    assertThat(stage.gcloud(target).refused(target.set(), file)).contains(CONFLICT);
    assertThat(stage.world().policy(target.resource)).isEqualTo(stored);
  }

  @ParameterizedTest
  @EnumSource
  void set_withoutAnEtag_overwritesWhatIsThere(Target target) {
    stage.given(target.resource, binding(target.role, ALICE));
    var file =
        stage.file(
            "policy.yaml",
            """
            bindings:
            - role: %s
              members: ['%s']
            """
                .formatted(target.role, BOB));

    stage.gcloud(target).done(target.set(), file.toString());

    assertThat(stage.bindings(target.resource)).containsExactly(binding(target.role, BOB));
  }

  @ParameterizedTest
  @EnumSource
  void add_whenARivalWritesBetween_isAborted_andTheRivalsGrantSurvives(Target target) {
    var rival = new AtomicBoolean(true);
    stage.emulator.onCall(call -> {
      if (call.is("SetIamPolicy") && rival.getAndSet(false)) {
        stage.given(target.resource, binding(target.role, ALICE));
      }
    });

    assertThat(stage.gcloud(target).refused(target.add(BOB))).contains(CONFLICT);

    assertThat(stage.bindings(target.resource)).containsExactly(binding(target.role, ALICE));
  }

  @ParameterizedTest
  @EnumSource
  void add_ofAMemberWithoutAType_isRefused(Target target) {
    assertThat(stage.gcloud(target).refused(target.add("alice@example.com")))
        .contains("Policy members must be of the form \"<type>:<value>\".");
    assertThat(stage.bindings(target.resource)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void add_ofAMissingServiceAccount_isRefused(Target target) {
    assertThat(stage.gcloud(target).refused(target.add("serviceAccount:" + email("nobody"))))
        .contains("Service account " + email("nobody") + " does not exist.");
    assertThat(stage.bindings(target.resource)).isEmpty();
  }
}
