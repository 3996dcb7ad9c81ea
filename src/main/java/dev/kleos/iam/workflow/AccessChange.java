package dev.kleos.iam.workflow;

import dev.kleos.iam.applier.Applier;
import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.model.Substitution;
import dev.kleos.iam.planfile.FileEdit;
import dev.kleos.iam.planfile.Origins;
import dev.kleos.iam.planfile.Problem;
import java.util.List;
import java.util.Optional;

/// How a change of somebody's access went.
public sealed interface AccessChange {
  /// The plan would not be valid with the change; nothing was done.
  record Invalid(List<Problem> problems) implements AccessChange {}

  /// There was nothing to do.
  record Nothing(Proposal proposal) implements AccessChange {}

  /// Something could not be read, so nothing was done.
  record Unreadable(Proposal proposal) implements AccessChange {}

  /// A guard refused, so nothing was done.
  record Refused(Proposal proposal) implements AccessChange {}

  /// The account is not there, and only apply creates accounts; nothing was done.
  record Missing(Proposal proposal, Resource resource) implements AccessChange {}

  /// The answer was no; nothing was done.
  record NotConfirmed(Proposal proposal) implements AccessChange {}

  /// The plan file cannot be written, so nothing was done.
  ///
  /// @param why what is in the way, and what to do
  record NotSaved(Proposal proposal, String why) implements AccessChange {}

  /// It could not be written down in the journal; nothing was done.
  ///
  /// @param why what is in the way, where, and what to do
  record Unrecorded(Proposal proposal, String why) implements AccessChange {
    /// What is in the way of a proposal. Only what is sent to Google is written down.
    static Optional<AccessChange> of(Proposal proposal, Applier applier) {
      return proposal.previewed().changeSet().isInSync()
          ? Optional.empty()
          : applier.obstacle().map(why -> new Unrecorded(proposal, why));
    }
  }

  /// Somebody else changed the plan file, so that what was shown does not hold any more; nothing
  /// was done.
  record Overtaken(Proposal proposal, String file) implements AccessChange {}

  /// It was tried: each change with its outcome, each file with what became of it.
  record Done(Proposal proposal, List<AppliedChange> applied, List<FileOutcome> files)
      implements AccessChange {
    public Done {
      applied = List.copyOf(applied);
      files = List.copyOf(files);
    }

    /// Which line of the plan files asks for what now.
    ///
    /// @param before the same before the edit
    public Origins origins(Origins before) {
      var now = proposal.origins();
      for (var file : files) {
        now =
            switch (file) {
              case FileOutcome.TakenBack _ -> before;
              case FileOutcome.Amended amended -> amended.origins();
              case FileOutcome.Saved _, FileOutcome.Stale _ -> now;
            };
      }
      return now;
    }

    /// Whether Google holds something else than before.
    public boolean isAnythingWritten() {
      return applied.stream().anyMatch(step -> step.written().isPresent());
    }
  }

  /// What became of the edit of a file.
  sealed interface FileOutcome {
    /// The file, as the user named it.
    String file();

    /// It is saved.
    ///
    /// @param edit what was saved in the end, which may be of a file that others edited meanwhile
    record Saved(FileEdit edit) implements FileOutcome {
      @Override
      public String file() {
        return edit.file();
      }
    }

    /// It was saved, and taken back because the change was refused or stopped: the file is as it
    /// was.
    record TakenBack(String file) implements FileOutcome {}

    /// It is saved, and says what Google made of it: it refused some, or stored another name.
    ///
    /// @param edit from what the file was to what it is
    /// @param origins which line of the plan files asks for what now
    /// @param withdrawn those who were refused, and for whom the file says what it said before
    /// @param renamed those for whom the file says the name that Google holds
    record Amended(
        FileEdit edit, Origins origins, List<Principal> withdrawn, List<Substitution> renamed)
        implements FileOutcome {
      public Amended {
        withdrawn = List.copyOf(withdrawn);
        renamed = List.copyOf(renamed);
      }

      @Override
      public String file() {
        return edit.file();
      }
    }

    /// The file does not say what it should.
    ///
    /// @param why which file, what is in the way, and what to do
    record Stale(String file, String why) implements FileOutcome {}
  }

  /// Whoever decides.
  interface Dialogue {
    /// Told what would change.
    void show(Proposal proposal);

    /// Whether to go ahead.
    boolean isGiven(Proposal proposal);
  }
}
