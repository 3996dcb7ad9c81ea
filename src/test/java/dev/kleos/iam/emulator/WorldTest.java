package dev.kleos.iam.emulator;

import static dev.kleos.iam.emulator.Google.PROJECT;
import static dev.kleos.iam.emulator.Google.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.iam.v1.Policy;
import org.junit.jupiter.api.Test;

class WorldTest {

  @Test
  void ensure_saysWhetherItCreated() {
    var world = World.demo();

    assertThat(world.ensureProject("kleos-demo")).isFalse();
    assertThat(world.ensureProject("123456789012")).isFalse();
    assertThat(world.ensureProject("another")).isTrue();
    assertThat(world.ensureProject("another")).isFalse();
    assertThat(world.ensureService("kleos-demo", "us-central1", "kleos-service")).isFalse();
    assertThat(world.ensureService("third", "us-central1", "s")).isTrue();
    assertThat(world.ensureProject("third")).isFalse();
    assertThat(world.policy("projects/third/locations/us-central1/services/s"))
        .isEqualTo(Policies.NEVER_SET);
  }

  @Test
  void ensure_withWhatIsNoPartOfAName_isRefused() {
    var world = World.empty();

    assertThatIllegalArgumentException().isThrownBy(() -> world.ensureProject("a/b"));
    assertThatIllegalArgumentException().isThrownBy(() -> world.ensureService("p", "-", "s"));
    assertThatIllegalArgumentException().isThrownBy(() -> world.ensureService("p", "l", " "));
    assertThat(world.ensureProject("p")).isTrue();
  }

  @Test
  void policy_ofNothing_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> World.empty().policy(PROJECT))
        .withMessage("this world has no projects/kleos-demo");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> World.demo().putPolicy("nonsense", Policy.getDefaultInstance()));
  }

  @Test
  void write_thatCannotBeSaved_neverHappened() {
    var world = World.demo();
    var before = world.policy(SERVICE);
    world.keptBy(changed -> {
      throw new StateFileException("disk full");
    });

    assertThatThrownBy(() -> world.putPolicy(SERVICE, Policy.getDefaultInstance()))
        .hasMessage("disk full");
    assertThatThrownBy(() -> world.ensureProject("another")).hasMessage("disk full");
    assertThatThrownBy(world::liftLimits).hasMessage("disk full");

    world.keptBy(changed -> {});
    assertThat(world.policy(SERVICE)).isEqualTo(before);
    assertThat(world.limited()).isTrue();
    assertThat(world.ensureProject("another")).isTrue();
  }

  @Test
  void write_thatChangesNothing_isNotSaved() {
    var world = World.demo();
    world.keptBy(changed -> {
      throw new StateFileException("disk full");
    });

    assertThat(world.ensureProject("kleos-demo")).isFalse();
  }

  @Test
  void numbers_followFromNames() {
    assertThat(Ids.projectNumber("p", _ -> false))
        .isEqualTo(Ids.projectNumber("p", _ -> false))
        .matches("\\d{12}");
    var taken = Ids.uniqueId("x", _ -> false);
    assertThat(Ids.uniqueId("x", taken::equals)).isNotEqualTo(taken).matches("1\\d{20}");
  }
}
