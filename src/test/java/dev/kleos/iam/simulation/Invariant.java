package dev.kleos.iam.simulation;

/// What always holds, whatever happens.
enum Invariant {
  ETAG_OF_WHAT_WAS_READ("a write carries an etag that its process was given for this policy"),
  NO_UPDATE_LOST("nobody's change is undone by a write that does not know of it"),
  NOTHING_UNSHOWN("what is written was shown before"),
  FOREIGN_STAYS("what the plan does not answer for stays, and what is protected"),
  CONDITIONS_STAY("a grant keeps its condition"),
  SPELLINGS_STAY("what is live keeps its spelling"),
  AUDIT_STAYS("audit configurations stay"),
  SWAPPED_AT_ONCE("who gets a role on other terms is never without it"),
  NO_ROLE_TO_NOBODY("no role is left to nobody where that was not shown"),
  OUTCOMES_TRUE("what is said of a change is so"),
  PATIENT("what may pass is waited for until the deadline"),
  BOUNDED("calls are so many at most, and end with the deadline"),
  JOURNAL_FIRST("what is sent stands in the journal before, and stays there"),
  JOURNAL_TRUE("what the journal says is so"),
  UNDO_RESTORES("what was undone is as it was before"),
  UNDO_SPARES_RIVALS("undo touches only what the run did, and only where it is still so"),
  CONVERGES("another run, undisturbed, leads to what the plan says"),
  IDLE_WHEN_DONE("one more writes nothing"),
  ENDS("every run ends, and no thread waits for ever"),
  NO_BUG("nothing unexpected is thrown");

  private final String words;

  Invariant(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
