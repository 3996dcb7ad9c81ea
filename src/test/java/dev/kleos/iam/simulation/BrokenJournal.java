package dev.kleos.iam.simulation;

import dev.kleos.iam.applier.Journal;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import dev.kleos.iam.model.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Writes down what was sent when it has been answered.
final class BrokenJournal implements Journal {
  private final Journal journal;
  private final Map<Resource, Intent> policies = new HashMap<>();

  BrokenJournal(Journal journal) {
    this.journal = journal;
  }

  @Override
  public Optional<String> obstacle() {
    return journal.obstacle();
  }

  @Override
  public void begins(ChangeSet approved) {
    journal.begins(approved);
  }

  @Override
  public void intends(Intent intent) {
    if (intent.change() instanceof Change.ModifyPolicy) {
      policies.put(intent.change().resource(), intent);
    } else {
      journal.intends(intent);
    }
  }

  @Override
  public void ended(AppliedChange step) {
    if (step.change() instanceof Change.ModifyPolicy) {
      var intent = policies.remove(step.change().resource());
      if (intent != null) {
        journal.intends(intent);
      }
    }
    journal.ended(step);
  }

  @Override
  public void ends() {
    journal.ends();
  }
}
