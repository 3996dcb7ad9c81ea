package dev.kleos.iam.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kleos.iam.applier.Journal.Intent;
import dev.kleos.iam.applier.JournalException;
import dev.kleos.iam.disk.Disk;
import dev.kleos.iam.disk.LocalDisk;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Role;
import dev.kleos.iam.record.RecordedStep.Certainty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunJournalTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Grant ALICE = grant("user:alice@example.com");
  private static final Grant BOB = grant("user:bob@example.com");
  private static final ModifyPolicy FIRST = change("first", ALICE);
  private static final ModifyPolicy SECOND = change("second", BOB);
  private static final ChangeSet BOTH = ChangeSet.of(List.of(FIRST, SECOND));

  @TempDir private Path folder = Path.of("");

  @Test
  void aRun_isWrittenDownFromItsBeginToItsEnd() {
    var journal = journal();
    journal.begins(BOTH);
    journal.intends(new Intent(FIRST, "etag-1"));
    journal.ended(new AppliedChange(FIRST, new Outcome.Applied(1)));
    journal.ended(new AppliedChange(SECOND, new Outcome.Stopped()));
    assertThat(run(1).isRunning()).isTrue();
    journal.ends();

    var run = run(1);
    assertThat(run.header()).isEqualTo(header());
    assertThat(run.ended()).contains(NOW);
    assertThat(run.isInterrupted()).isFalse();
    assertThat(run.steps())
        .extracting(RecordedStep::isWritten)
        .containsExactly(Certainty.YES, Certainty.NO);
    assertThat(run.steps().getFirst().intent()).contains(new Intent(FIRST, "etag-1"));
    assertThat(run.steps().getFirst().effect()).contains(FIRST.diff());
    assertThat(journal.lost()).isZero();
  }

  @Test
  void anIntent_isOnTheDiskWhenTheWriteIsSent_andOfAnEndNobodyKnowsUntilItIsWritten() {
    var journal = journal();
    journal.begins(BOTH);
    journal.intends(new Intent(FIRST, "etag-1"));

    var step = run(1).steps().getFirst();
    assertThat(step.intent()).isPresent();
    assertThat(step.outcome()).isEmpty();
    assertThat(step.isWritten()).isEqualTo(Certainty.UNKNOWN);
    journal.ends();
  }

  @Test
  void afterAConflict_theLastWordCounts() {
    var journal = journal();
    var again =
        new ModifyPolicy(FIRST.resource(), AllowPolicy.of("etag-2", List.of(BOB)), FIRST.diff());
    journal.begins(BOTH);
    journal.intends(new Intent(FIRST, "etag-1"));
    journal.intends(new Intent(again, "etag-2"));
    journal.ended(new AppliedChange(FIRST, new Outcome.Applied(2)));
    journal.ends();

    assertThat(run(1).steps().getFirst().intent()).contains(new Intent(again, "etag-2"));
  }

  /// What a grant that was there already did is no effect of ours: undoing it would take somebody
  /// else's.
  @Test
  void whatWasThereAlready_isNoEffect() {
    var before = AllowPolicy.of("etag", List.of(ALICE));
    var diff = GrantDiff.of(Set.of(ALICE, BOB), Set.of());
    var sent = new ModifyPolicy(FIRST.resource(), before, diff);
    var step =
        new RecordedStep(
            sent, Optional.of(new Intent(sent, "etag")), Optional.of(new Outcome.Applied(1)));

    assertThat(step.effect()).contains(GrantDiff.of(Set.of(BOB), Set.of()));
  }

  /// Google replaces an alias by the primary address: that is what is to be taken back.
  @Test
  void whatGoogleStoredInstead_isTheEffect() {
    var step =
        new RecordedStep(
            FIRST,
            Optional.of(new Intent(FIRST, "etag")),
            Optional.of(new Outcome.Rewritten(Set.of(ALICE), Set.of(BOB))));

    assertThat(step.effect()).contains(GrantDiff.of(Set.of(BOB), Set.of()));
  }

  @Test
  void onlyItsOwner_mayReadIt() throws IOException {
    var journal = journal();
    journal.begins(BOTH);
    journal.intends(new Intent(FIRST, "etag-1"));
    journal.ended(new AppliedChange(FIRST, new Outcome.Applied(1)));
    journal.saved(List.of(new RecordedEdit("/plan.yaml", "a", "b")));
    journal.ends();

    try (var files = Files.walk(folder.resolve("state"))) {
      for (var file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void runsThatBeginAtOnce_getNumbersOfTheirOwn() throws Exception {
    var numbers = new HashSet<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          java.util.stream.IntStream.range(0, 20)
              .mapToObj(_ ->
                  threads.submit(() -> {
                    var journal = journal();
                    journal.begins(BOTH);
                    journal.ends();
                    return journal.number().orElseThrow();
                  }))
              .toList();
      for (var each : all) {
        numbers.add(each.get());
      }
    }

    assertThat(numbers).hasSize(20);
    assertThat(runs(new LocalDisk()).numbers()).hasSize(20).isSortedAccordingTo((a, b) -> b - a);
  }

  @Test
  void processesThatTryTheJournalAtOnce_areInNobodysWay() throws Exception {
    try (var threads = Executors.newFixedThreadPool(8)) {
      var tries =
          threads.invokeAll(
              java.util.Collections.nCopies(2_000, () -> runs(new LocalDisk()).obstacle()));
      for (var each : tries) {
        assertThat(each.get()).isEqualTo(Optional.empty());
      }
    }
  }

  /// The machine dies between any two steps of the disk: what is found then is a run that says no
  /// more than is true, and no write was sent that is not written down.
  @Test
  void aCrash_atAnyStepOfTheDisk_leavesARunThatCanBeRead() throws IOException {
    var sent = 0;
    for (var steps = 0; ; steps++) {
      folder = Files.createTempDirectory("kleos-iam-journal");
      var disk = new DyingDisk(new LocalDisk(), steps);
      var journal = runs(disk).journal(header(), () -> NOW);
      var isSent = false;
      try {
        journal.begins(BOTH);
        journal.intends(new Intent(FIRST, "etag-1"));
        isSent = true;
        sent++;
        journal.ended(new AppliedChange(FIRST, new Outcome.Applied(1)));
        journal.ended(new AppliedChange(SECOND, new Outcome.Stopped()));
        journal.ends();
      } catch (DyingDisk.Dead dead) {
        disk.release();
      }
      var found =
          runs(new LocalDisk()).numbers().stream()
              .flatMap(number -> runs(new LocalDisk()).run(number).stream())
              .toList();
      if (isSent) {
        assertThat(found).as("after %d steps", steps).hasSize(1);
        assertThat(found.getFirst().steps().getFirst().isWritten()).isNotEqualTo(Certainty.NO);
        assertThat(found.getFirst().isInterrupted()).isEqualTo(found.getFirst().ended().isEmpty());
      } else {
        assertThat(found).allMatch(RecordedRun::isInterrupted);
      }
      if (!disk.isDead()) {
        assertThat(found.getFirst().ended()).isPresent();
        break;
      }
    }
    assertThat(sent).isGreaterThan(5);
  }

  @Test
  void whatCannotBeWrittenDown_isNotSent_andTheReasonSaysWhereAndWhatToDo() throws IOException {
    Files.writeString(folder.resolve("state"), "a file");

    assertThat(runs(new LocalDisk()).obstacle().orElseThrow())
        .startsWith("the journal in " + folder.resolve("state/runs") + " cannot be written (")
        .endsWith("make room there, or name another folder in XDG_STATE_HOME");
    assertThatThrownBy(() -> journal().begins(BOTH))
        .isInstanceOf(JournalException.class)
        .hasMessageStartingWith("Not sent: the journal in ");
  }

  @Test
  void anOutcomeThatCannotBeWrittenDown_isCounted_andNothingIsThrown() {
    var disk = new DyingDisk(new LocalDisk(), Integer.MAX_VALUE);
    var journal = runs(disk).journal(header(), () -> NOW);
    journal.begins(BOTH);
    journal.intends(new Intent(FIRST, "etag-1"));
    disk.fails();
    journal.ended(new AppliedChange(FIRST, new Outcome.Applied(1)));
    journal.ends();

    assertThat(journal.lost()).isEqualTo(2);
    assertThat(run(1).isInterrupted()).isTrue();
    assertThat(run(1).steps().getFirst().isWritten()).isEqualTo(Certainty.UNKNOWN);
  }

  @Test
  void aDamagedFile_isNamed_andKeepsNoOtherRunFromBeingRead() throws IOException {
    var disk = new DyingDisk(new LocalDisk(), Integer.MAX_VALUE);
    runs(disk).journal(header(), () -> NOW).begins(BOTH);
    disk.release();
    var journal = journal();
    journal.begins(BOTH);
    journal.ends();
    var file = folder.resolve("state/runs/000002/run.json");
    Files.writeString(file, Files.readString(file).replace("user:bob", "user:rob"));

    assertThatThrownBy(() -> run(2))
        .isInstanceOf(DocumentException.class)
        .hasMessage(
            file
                + " is damaged: it was changed since it was written: its content has another SHA-256");
    assertThat(run(1).number()).isEqualTo(1);
    assertThat(runs(new LocalDisk()).interrupted("Google Cloud", List.of("kleos-demo")))
        .contains(new Runs.Interrupted(1, "apply"));
  }

  /// Else the same command again would go on to a run that nobody meant.
  @Test
  void anUndoingThatFailed_hasTakenNothingBack() {
    var first = done(0, new Outcome.Applied(1));
    var second = done(0, new Outcome.Applied(1));
    done(second, new Outcome.Failed(Failure.of("PERMISSION_DENIED", "", "no", "")));
    assertThat(toUndo()).isEqualTo(second);
    var undoing = done(second, new Outcome.Applied(1));
    assertThat(toUndo()).isEqualTo(first);
    done(undoing, new Outcome.Applied(1));
    assertThat(toUndo()).as("after the undoing was undone").isEqualTo(second);
  }

  @Test
  void anUndoingThatWasInterrupted_isDoneWhenNothingIsLeftToDo() {
    var first = done(0, new Outcome.Applied(1));
    var second = done(0, new Outcome.Applied(1));
    runs(new LocalDisk()).journal(header(second), () -> NOW).begins(BOTH);
    assertThat(toUndo()).isEqualTo(second);
    runs(new LocalDisk()).settleUndoingsOf(second);
    assertThat(toUndo()).isEqualTo(first);
  }

  @Test
  void theRunToUndo_isFoundBehindAnyNumberOfOthers() {
    var first = done(0, new Outcome.Applied(1));
    for (var i = 0; i < 12; i++) {
      done(done(0, new Outcome.Applied(1)), new Outcome.Applied(1));
    }
    assertThat(toUndo()).isEqualTo(first);
  }

  /// Else history would tell of one resource, and undo would change another.
  @Test
  void anIntentOfAnotherChange_isDamage() throws IOException {
    done(0, new Outcome.Applied(1));
    var run = folder.resolve("state/runs/000001");
    Files.write(
        run.resolve("change-000002.json"),
        RunForm.write(
            new RunForm.Step(Optional.of(new Intent(FIRST, "etag-1")), Optional.empty())));

    assertThatThrownBy(() -> run(1))
        .isInstanceOf(DocumentException.class)
        .hasMessage(
            run.resolve("change-000002.json")
                + " is damaged: it is about another change than run.json has there");
  }

  @Test
  void timesAndNumbersOutOfBounds_areDamage() {
    var document = new Document("numbers", 1);
    var fields =
        document.read(
            document.write(json -> {
              json.name("time").value("+1000000000-12-31T23:59:59Z");
              json.name("number").value(99_999_999_999L);
            }));

    assertThatThrownBy(() -> fields.instant("time")).hasMessage("content.time is no time");
    assertThatThrownBy(() -> fields.number("number")).hasMessage("content.number is no number");
  }

  private int toUndo() {
    return runs(new LocalDisk()).lastToUndo("Google Cloud").orElseThrow().number();
  }

  private int done(int undoes, Outcome outcome) {
    var journal = runs(new LocalDisk()).journal(header(undoes), () -> NOW);
    journal.begins(BOTH);
    journal.intends(new Intent(FIRST, "etag-1"));
    journal.ended(new AppliedChange(FIRST, outcome));
    journal.ended(new AppliedChange(SECOND, new Outcome.AlreadyInEffect(false)));
    journal.ends();
    return journal.number().orElseThrow();
  }

  private RunJournal journal() {
    return runs(new LocalDisk()).journal(header(), () -> NOW);
  }

  private Runs runs(Disk disk) {
    return new Runs(disk, folder.resolve("state"));
  }

  private RecordedRun run(int number) {
    return runs(new LocalDisk()).run(number).orElseThrow();
  }

  private static RunHeader header() {
    return header(0);
  }

  private static RunHeader header(int undoes) {
    return new RunHeader(NOW, "apply", "Google Cloud", "alice@example.com", "0.1.0", undoes, null);
  }

  private static ModifyPolicy change(String service, Grant added) {
    return new ModifyPolicy(
        new Resource.Service("kleos-demo", "us-central1", service),
        AllowPolicy.of("etag-1", List.of()),
        GrantDiff.of(Set.of(added), Set.of()));
  }

  private static Grant grant(String member) {
    return Grant.of(new Role("roles/run.invoker"), Principal.of(member));
  }
}
