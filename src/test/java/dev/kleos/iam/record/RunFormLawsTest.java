package dev.kleos.iam.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.applier.Journal.Intent;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.RandomIam;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written down is read as it was, and nothing else is taken for it.
class RunFormLawsTest {
  private static final String SEEDS = "dev.kleos.iam.record.RunFormLawsTest#seeds";

  static LongStream seeds() {
    return RandomIam.seeds();
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void aStep_isReadAsItWasWritten_everySpellingIncluded(long seed) {
    var random = new RandomRun(seed);
    var outcome =
        seed % 3 == 0
            ? Optional.<dev.kleos.iam.model.Outcome>empty()
            : Optional.of(random.outcome());
    var step = new RunForm.Step(random.intent(), outcome);

    var read = RunForm.step(RunForm.write(step));

    assertThat(read).isEqualTo(step);
    assertThat(spellings(read.intent())).isEqualTo(spellings(step.intent()));
  }

  @ParameterizedTest
  @MethodSource(SEEDS)
  void whatARunIsAbout_isReadAsItWasWritten_butForWhatWasThereBefore(long seed) {
    var random = new RandomRun(seed);
    var changes = new ArrayList<Change>();
    for (var count = seed % 5; count > 0; count--) {
      changes.add(random.change());
    }
    var header =
        new RunHeader(
            Instant.ofEpochSecond(1_800_000_000L + seed, seed),
            "apply --prune 'a b'",
            "Google Cloud",
            seed % 2 == 0 ? "" : "alice@example.com",
            "0.1.0",
            (int) seed % 3,
            seed % 2 == 0 ? null : "00ff");
    var ended = seed % 2 == 0 ? null : header.began().plusSeconds(3);

    var read = RunForm.run(RunForm.write(new RunForm.Run(header, ended, changes)));

    assertThat(read.header()).isEqualTo(header);
    assertThat(read.ended()).isEqualTo(ended);
    assertThat(read.approved()).hasSameSizeAs(changes);
    for (var i = 0; i < changes.size(); i++) {
      assertThat(essence(read.approved().get(i))).isEqualTo(essence(changes.get(i)));
    }
  }

  @Test
  void whatIsCutOff_isRefused_whereverItIs() {
    var whole = RunForm.write(new RunForm.Step(new RandomRun(2).intent(), Optional.empty()));

    // Without the line break at the end it is whole.
    for (var length = 0; length < whole.length - 1; length++) {
      var cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> RunForm.step(cut))
          .as("%d bytes", length)
          .isInstanceOf(DocumentException.class);
    }
  }

  @Test
  void whatHasOneByteChanged_isRefused_orMeansTheSame() {
    var step =
        new RunForm.Step(
            Optional.of(new Intent(new RandomRun(7).modify(), "etag")), Optional.empty());
    var whole = RunForm.write(step);
    var random = new Random(1);
    var refused = 0;
    for (var i = 0; i < 3000; i++) {
      var changed = whole.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(RunForm.step(changed)).isEqualTo(step);
      } catch (DocumentException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(2900);
  }

  @Test
  void anotherKind_anotherVersion_andTwoDocuments_areRefused_eachWithItsReason() {
    var run = RunForm.write(new RunForm.Step(Optional.empty(), Optional.empty()));

    assertThatThrownBy(() -> RunForm.run(run)).hasMessageContaining("kleosIamRun");
    var newer = new String(run, UTF_8).replace("\"kleosIamRunStep\":1", "\"kleosIamRunStep\":2");
    assertThatThrownBy(() -> RunForm.step(newer.getBytes(UTF_8)))
        .hasMessage("it was written by another version of kleos-iam: kleosIamRunStep 2, not 1");
    assertThatThrownBy(() -> RunForm.step((new String(run, UTF_8) + "{}").getBytes(UTF_8)))
        .isInstanceOf(DocumentException.class);
    assertThatThrownBy(() -> RunForm.step("[".repeat(100_000).getBytes(UTF_8)))
        .isInstanceOf(DocumentException.class);
  }

  private static List<Object> essence(Change change) {
    return change instanceof ModifyPolicy modify
        ? List.of(modify.resource(), modify.diff())
        : List.of(change.resource(), change.getClass());
  }

  private static List<Object> spellings(Optional<Intent> intent) {
    return intent
        .map(Intent::change)
        .filter(ModifyPolicy.class::isInstance)
        .map(ModifyPolicy.class::cast)
        .map(modify -> List.<Object>copyOf(new ArrayList<>(modify.planned().spellings().values())))
        .orElse(List.of());
  }
}
