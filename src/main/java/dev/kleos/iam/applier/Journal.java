package dev.kleos.iam.applier;

import dev.kleos.iam.model.AppliedChange;
import dev.kleos.iam.model.Change;
import dev.kleos.iam.model.ChangeSet;
import java.util.Optional;

/// What is written down of a run while it changes something, so that whoever comes after it, or
/// after its crash, knows what was there before, what was sent, and what became of it. For many
/// threads.
///
/// The order is what it is worth: nothing is sent that is not written down before.
public interface Journal {
  /// Keeps nothing.
  Journal NONE =
      new Journal() {
        @Override
        public Optional<String> obstacle() {
          return Optional.empty();
        }

        @Override
        public void begins(ChangeSet approved) {}

        @Override
        public void intends(Intent intent) {}

        @Override
        public void ended(AppliedChange step) {}

        @Override
        public void ends() {}
      };

  /// Why nothing can be written down, where, and what to do, to be told before anybody is asked
  /// anything; empty where nothing speaks against it.
  Optional<String> obstacle();

  /// The first write is near.
  ///
  /// @param approved all that the run may change
  /// @throws JournalException where it cannot be written down; nothing may be changed then
  void begins(ChangeSet approved);

  /// A write is about to be sent. The last word on a change counts: after a conflict it is sent
  /// again on what is there by then.
  ///
  /// @throws JournalException where it cannot be written down; it may not be sent then
  void intends(Intent intent);

  /// What became of an approved change in the end, whether it was ever sent or not. Where that
  /// cannot be written down it is too late to throw: an intent without an end says that nobody
  /// knows.
  void ended(AppliedChange step);

  /// Nothing more will be sent. As above, it does not throw.
  void ends();

  /// A write that is about to be sent.
  ///
  /// @param change what it does. A policy's `planned` is what it held before any write of this run
  ///   that may have come through: most often what is about to be replaced, an earlier one where
  ///   the answer to a write was lost
  /// @param etag of what is about to be replaced; empty for an account, which has none
  record Intent(Change change, String etag) {}
}
