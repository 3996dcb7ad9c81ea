package dev.kleos.iam.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static final Grant ALIAS =
      Grant.of(Role.RUN_INVOKER, Principal.of("user:alias@example.com"));
  private static final Grant PRIMARY =
      Grant.of(Role.RUN_INVOKER, Principal.of("user:primary@example.com"));

  @Test
  void stored_asSent_isApplied_whateverTheEtagAndTheSpelling() {
    var respelled = Grant.of(Role.RUN_INVOKER, Principal.of("user:ALIAS@example.com"));

    assertThat(Outcome.stored(policy("1", ALIAS), policy("2", respelled), 3))
        .isEqualTo(new Outcome.Applied(3));
  }

  @Test
  void stored_otherThanSent_isRewritten_andSaysWhat() {
    assertThat(Outcome.stored(policy("1", ALIAS), policy("2", PRIMARY), 1))
        .isEqualTo(new Outcome.Rewritten(Set.of(ALIAS), Set.of(PRIMARY)));
  }

  private static AllowPolicy policy(String etag, Grant grant) {
    return AllowPolicy.of(etag, List.of(grant));
  }
}
