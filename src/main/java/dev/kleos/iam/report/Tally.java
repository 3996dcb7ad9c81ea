package dev.kleos.iam.report;

import dev.kleos.iam.model.Change;
import java.util.List;

/// Changes, counted as people count them: a changed condition is neither a loss nor a gain.
record Tally(int created, int updated, int gained, int changed, int lost) {
  static Tally of(List<Change> changes) {
    var created = 0;
    var updated = 0;
    var gained = 0;
    var changed = 0;
    var lost = 0;
    for (var change : changes) {
      switch (change) {
        case Change.CreateServiceAccount _ -> created++;
        case Change.UpdateServiceAccount _ -> updated++;
        case Change.ModifyPolicy modify -> {
          for (var effect : modify.effects()) {
            if (effect.isGain()) {
              gained += effect.after().size();
            } else if (effect.isLoss()) {
              lost += effect.before().size();
            } else {
              changed++;
            }
          }
        }
      }
    }
    return new Tally(created, updated, gained, changed, lost);
  }

  /// E.g. `6 grants added`, `1 grant REMOVED`.
  void addDone(List<String> parts) {
    Summary.add(parts, created, "account created", "accounts created");
    Summary.add(parts, updated, "account updated", "accounts updated");
    Summary.add(parts, gained, "grant added", "grants added");
    Summary.add(parts, changed, "grant changed", "grants changed");
    Summary.add(parts, lost, "grant REMOVED", "grants REMOVED");
  }
}
