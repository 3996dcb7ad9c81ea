package dev.kleos.iam.google;

import static dev.kleos.iam.planner.Wish.grant;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.protobuf.ByteString;
import com.google.type.Expr;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.RandomIam;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyWireTest {
  private static final String SEEDS = "dev.kleos.iam.model.RandomIam#seeds";
  private static final String ROLE = "roles/run.invoker";

  @ParameterizedTest
  @MethodSource(SEEDS)
  void unwire_ofWire_isTheSamePolicy(long seed) {
    var policy = new RandomIam(seed).policy();

    assertThat(PolicyWire.unwire(PolicyWire.wire(policy))).isEqualTo(policy);
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void wire_isAlwaysVersion3_withOneBindingForARoleAndCondition_andNoAuditConfigs(long seed) {
    var wire = PolicyWire.wire(new RandomIam(seed).policy());

    assertThat(wire.getVersion()).isEqualTo(3);
    assertThat(wire.getAuditConfigsList()).isEmpty();
    assertThat(wire.getBindingsList())
        .extracting(Binding::getRole, Binding::getCondition)
        .doesNotHaveDuplicates();
    assertThat(wire.getBindingsList()).allMatch(binding -> binding.getMembersCount() > 0);
  }

  @Test
  void wire_sendsTheEtagOfTheMoment() {
    assertThat(PolicyWire.wire(AllowPolicy.of("ACAB", List.of())).getEtag())
        .isEqualTo(ByteString.copyFrom(new byte[] {0, 0x20, 1}));
  }

  /// The same role and condition may stand in several bindings on the server.
  @Test
  void unwire_ofSeveralBindingsOfOneRole_isOneSetOfGrants() {
    var wire =
        Policy.newBuilder()
            .addBindings(binding("user:alice@example.com", "user:bob@example.com"))
            .addBindings(binding("user:Alice@Example.com"))
            .build();

    var alice = grant(ROLE, "user:alice@example.com");
    assertThat(PolicyWire.unwire(wire).spellings())
        .hasSize(2)
        .containsEntry(alice, Set.of("user:alice@example.com", "user:Alice@Example.com"));
  }

  @Test
  void conditions_differInEachOfTheirTexts() {
    var wire =
        Policy.newBuilder()
            .addBindings(conditional("t", "e", "d"))
            .addBindings(conditional("t", "e", ""))
            .addBindings(conditional("u", "e", "d"))
            .build();

    var member = "user:alice@example.com";
    assertThat(PolicyWire.unwire(wire).grants())
        .containsExactly(
            grant(ROLE, member, new Condition("t", "e", "d")),
            grant(ROLE, member, new Condition("t", "e", "")),
            grant(ROLE, member, new Condition("u", "e", "d")));
  }

  private static Binding binding(String... members) {
    return Binding.newBuilder().setRole(ROLE).addAllMembers(List.of(members)).build();
  }

  private static Binding conditional(String title, String expression, String description) {
    return binding("user:alice@example.com").toBuilder()
        .setCondition(
            Expr.newBuilder().setTitle(title).setExpression(expression).setDescription(description))
        .build();
  }
}
