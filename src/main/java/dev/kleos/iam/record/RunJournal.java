package dev.kleos.iam.record;

import dev.kleos.iam.applier.Journal;
import dev.kleos.iam.applier.JournalException;
import dev.kleos.iam.disk.Disk;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The journal of one run, in a folder of its own: a file of what it is about, one for each change,
/// and one that is held while the run goes on. Nothing is there until the first write is near.
public final class RunJournal implements Journal {
  private final Disk disk;
  private final Runs runs;
  private final RunHeader header;
  private final InstantSource clock;
  private final Map<Step, Integer> positions = new HashMap<>();
  private final Map<Integer, Intent> intents = new ConcurrentHashMap<>();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile List<Change> approved = List.of();
  private volatile @Nullable Path folder;
  private Disk.@Nullable Held hold;

  RunJournal(Disk disk, Runs runs, RunHeader header, InstantSource clock) {
    this.disk = disk;
    this.runs = runs;
    this.header = header;
    this.clock = clock;
  }

  /// The number of the run; empty while nothing is written down.
  public Optional<Integer> number() {
    return Optional.ofNullable(folder).map(Runs::number);
  }

  /// How often what became of something could not be written down: of these the journal says that
  /// nobody knows.
  public int lost() {
    return lost.get();
  }

  @Override
  public Optional<String> obstacle() {
    return runs.obstacle();
  }

  @Override
  public void begins(ChangeSet changeSet) {
    approved = changeSet.changes();
    for (var change : approved) {
      positions.put(Step.of(change), positions.size() + 1);
    }
    recorded(() -> {
      var made = runs.makeFolder();
      hold = disk.hold(made.resolve(Runs.HOLD));
      disk.replace(made.resolve(Runs.RUN), RunForm.write(new RunForm.Run(header, null, approved)));
      disk.syncFolder(made.resolveSibling("."));
      folder = made;
    });
  }

  @Override
  public void intends(Intent intent) {
    var position = position(intent.change());
    recorded(() -> write(position, new RunForm.Step(Optional.of(intent), Optional.empty())));
    intents.put(position, intent);
  }

  @Override
  public void ended(AppliedChange step) {
    var position = position(step.change());
    var intent = Optional.ofNullable(intents.remove(position));
    asFarAsPossible(() -> write(position, new RunForm.Step(intent, Optional.of(step.outcome()))));
  }

  @Override
  public void ends() {
    var made = folder;
    if (made != null) {
      asFarAsPossible(() ->
          disk.replace(
              made.resolve(Runs.RUN),
              RunForm.write(new RunForm.Run(header, clock.instant(), approved))));
    }
    if (hold != null) {
      hold.close();
    }
  }

  /// Plan files were saved, also after the end. What cannot be written down cannot be put back.
  public void saved(List<RecordedEdit> edits) {
    var made = folder;
    if (made != null && !edits.isEmpty()) {
      asFarAsPossible(() -> disk.replace(made.resolve(Runs.EDITS), RunForm.write(edits)));
    }
  }

  private int position(Change change) {
    var position = positions.get(Step.of(change));
    if (position == null) {
      throw new IllegalArgumentException("nobody approved a change of " + change.resource().name());
    }
    return position;
  }

  private void write(int position, RunForm.Step step) throws IOException {
    var made = folder;
    if (made == null) {
      throw new IllegalStateException("the run has not begun");
    }
    disk.replace(made.resolve(Runs.step(position)), RunForm.write(step));
  }

  private void recorded(Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      throw new JournalException(
          Failure.of("FAILED_PRECONDITION", "", "Not sent: " + runs.why(e) + ".", ""));
    }
  }

  private void asFarAsPossible(Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      lost.incrementAndGet();
    }
  }

  /// What tells the changes of a run apart.
  private record Step(String kind, String resource) {
    static Step of(Change change) {
      return new Step(ChangeJson.kind(change), change.resource().name());
    }
  }

  @FunctionalInterface
  private interface Writing {
    void write() throws IOException;
  }
}
