package dev.kleos.iam.simulation;

import dev.kleos.iam.applier.Journal;
import dev.kleos.iam.applier.Stop;
import dev.kleos.iam.cloud.Policies;
import dev.kleos.iam.cloud.Timer;
import dev.kleos.iam.disk.Disk;
import dev.kleos.iam.record.RecordedRun;
import dev.kleos.iam.simulation.SimulatedCloud.SimulatedPolicies;
import dev.kleos.iam.workflow.Previewed;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// The program as it is, and as it must not be: a checker is worth what it catches. Each is broken
/// in one place, where the real parts meet.
enum Variant {
  /// Nothing is broken.
  NONE(Invariant.NO_BUG),
  NO_ETAG_COMPARE(Invariant.NO_UPDATE_LOST),
  COMPARE_NOT_ATOMIC(Invariant.NO_UPDATE_LOST),
  FRESH_ETAG_ON_A_STALE_BODY(Invariant.NOTHING_UNSHOWN, Invariant.NO_UPDATE_LOST),
  ETAG_FROM_THE_SIZE(Invariant.NO_UPDATE_LOST),
  FOREIGN_CONDITIONS_DROPPED(Invariant.CONDITIONS_STAY),
  CHECK_OF_A_VALUE_WITH_ITSELF(Invariant.OUTCOMES_TRUE),
  RETRY_ON_412_ONLY(Invariant.PATIENT),
  ENDLESS_429_LOOP(Invariant.BOUNDED),
  JOURNAL_AFTER_THE_WRITE(Invariant.JOURNAL_FIRST),
  JOURNAL_NOT_SYNCED(Invariant.JOURNAL_FIRST),
  BLIND_UNDO(Invariant.UNDO_SPARES_RIVALS),
  CONDITIONS_NOT_READ(Invariant.CONDITIONS_STAY),
  SPELLINGS_IN_LOWER_CASE(Invariant.SPELLINGS_STAY),
  AUDIT_EXEMPTIONS_DROPPED(Invariant.AUDIT_STAYS),
  STOP_CUTS_A_WRITE_SHORT(Invariant.OUTCOMES_TRUE),
  LOST_ANSWER_TAKEN_FOR_A_CONFLICT(Invariant.OUTCOMES_TRUE, Invariant.JOURNAL_TRUE);

  private final Invariant first;
  private final Invariant second;

  Variant(Invariant first, Invariant second) {
    this.first = first;
    this.second = second;
  }

  Variant(Invariant only) {
    this(only, only);
  }

  /// Those that are broken.
  static Set<Variant> broken() {
    return EnumSet.complementOf(EnumSet.of(NONE));
  }

  /// The variant of a name as it is printed.
  ///
  /// @throws IllegalArgumentException where there is none
  static Variant named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /// What has to catch it.
  Set<Invariant> catching() {
    return EnumSet.of(first, second);
  }

  /// What this makes of the port.
  Policies breaking(SimulatedPolicies policies, Timer timer, Stop stop) {
    return switch (this) {
      case NONE, JOURNAL_AFTER_THE_WRITE, JOURNAL_NOT_SYNCED, BLIND_UNDO -> policies;
      case NO_ETAG_COMPARE -> new BrokenWrites.Unguarded(policies, (_, _) -> true);
      case ETAG_FROM_THE_SIZE ->
          new BrokenWrites.Unguarded(
              policies, (read, live) -> read.lines().size() == live.lines().size());
      case COMPARE_NOT_ATOMIC -> new BrokenWrites.CheckedBefore(policies);
      case FRESH_ETAG_ON_A_STALE_BODY -> new BrokenWrites.Refreshed(policies);
      case CHECK_OF_A_VALUE_WITH_ITSELF -> new BrokenWrites.Believing(policies);
      case RETRY_ON_412_ONLY -> new BrokenWrites.Impatient(policies);
      case ENDLESS_429_LOOP -> new BrokenWrites.Endless(policies, timer);
      case STOP_CUTS_A_WRITE_SHORT -> new BrokenWrites.CutShort(policies, stop);
      case LOST_ANSWER_TAKEN_FOR_A_CONFLICT -> new BrokenWrites.Forgetful(policies);
      case FOREIGN_CONDITIONS_DROPPED ->
          new BrokenContent.Written(policies, BrokenContent::withoutForeignConditions);
      case SPELLINGS_IN_LOWER_CASE ->
          new BrokenContent.Written(policies, BrokenContent::inLowerCase);
      case AUDIT_EXEMPTIONS_DROPPED ->
          new BrokenContent.Written(policies, policy -> policy.withExemptions(0));
      case CONDITIONS_NOT_READ ->
          new BrokenContent.Read(policies, BrokenContent::withoutConditions);
    };
  }

  /// What this makes of the journal.
  Journal breaking(Journal journal) {
    return this == JOURNAL_AFTER_THE_WRITE ? new BrokenJournal(journal) : journal;
  }

  /// What this makes of the disk.
  Disk breaking(SimulatedDisk disk) {
    return this == JOURNAL_NOT_SYNCED ? disk.withoutSync() : disk;
  }

  /// What this makes of what takes a run back.
  Previewed breaking(Previewed undoing, RecordedRun run) {
    return this == BLIND_UNDO ? BrokenUndo.of(undoing, run) : undoing;
  }

  /// As it is printed, and named on a command line.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
