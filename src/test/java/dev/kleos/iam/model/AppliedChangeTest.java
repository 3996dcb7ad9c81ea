package dev.kleos.iam.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AppliedChangeTest {
  private static final Resource PROJECT = new Resource.Project("kleos-demo");
  private static final Grant ALICE = grant("user:alice@example.com");
  private static final Grant BOB = grant("user:bob@example.com");
  private static final Grant CAROL = grant("user:carol@example.com");
  private static final Failure FAILURE = failure("user:bob@example.com");
  private static final GrantDiff OF_BOB = GrantDiff.of(Set.of(BOB), Set.of());

  @Test
  void written_ofARewrittenChange_isWhatGoogleHoldsUnderSomeName() {
    var carol = new Outcome.Rewritten(Set.of(ALICE, BOB), Set.of());

    assertThat(new AppliedChange(adding(ALICE, BOB, CAROL), carol).written())
        .contains(adding(CAROL));
    assertThat(new AppliedChange(adding(ALICE, BOB), carol).written()).isEmpty();
    assertThat(
            new AppliedChange(adding(ALICE), new Outcome.Rewritten(Set.of(ALICE), Set.of(CAROL)))
                .written())
        .contains(adding(ALICE));
  }

  @Test
  void written_inPart_isTheRest_ifThatIsWritten() {
    assertThat(partly(new Outcome.Applied(2)).written()).contains(adding(ALICE));
    assertThat(partly(new Outcome.AlreadyInEffect()).written()).isEmpty();
    assertThat(partly(new Outcome.Contended(2)).written()).isEmpty();
    assertThat(partly(new Outcome.Failed(FAILURE)).written()).isEmpty();
  }

  @Test
  void rest_isWhatWasTriedWithoutTheRefused_andWhatBecameOfIt() {
    assertThat(partly(new Outcome.Applied(2)).rest())
        .contains(new AppliedChange(adding(ALICE), new Outcome.Applied(2)));
    assertThat(new AppliedChange(adding(ALICE), new Outcome.Applied(1)).rest()).isEmpty();
    assertThat(
            new AppliedChange(
                    adding(BOB),
                    new Outcome.Partly(List.of(FAILURE), OF_BOB, new Outcome.AlreadyInEffect()))
                .rest())
        .isEqualTo(Optional.empty());
  }

  @Test
  void failures_areThoseOfTheRefused_andOfTheRest() {
    var denied = failure(null);

    assertThat(partly(new Outcome.Failed(denied)).failures()).containsExactly(FAILURE, denied);
    assertThat(partly(new Outcome.Applied(2)).failures()).containsExactly(FAILURE);
    assertThat(new AppliedChange(adding(ALICE), new Outcome.Contended(2)).failures()).isEmpty();
  }

  private static AppliedChange partly(Outcome rest) {
    return new AppliedChange(
        adding(ALICE, BOB), new Outcome.Partly(List.of(FAILURE), OF_BOB, rest));
  }

  private static Change adding(Grant... grants) {
    return new Change.ModifyPolicy(
        PROJECT, AllowPolicy.NONE, GrantDiff.of(Set.of(grants), Set.of()));
  }

  private static Failure failure(@Nullable String culprit) {
    return new Failure("INVALID_ARGUMENT", PROJECT.name(), "no", "", culprit, null);
  }

  private static Grant grant(String member) {
    return Grant.of(Role.RUN_INVOKER, Principal.of(member));
  }
}
