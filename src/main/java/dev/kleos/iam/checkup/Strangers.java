package dev.kleos.iam.checkup;

import dev.kleos.iam.model.Similar;

/// Whether somebody who sees nothing of a project has mistyped it: Google answers as if a project
/// that is not there were hidden.
record Strangers(Checkup checkup) {
  /// What to say of the project instead.
  ///
  /// @param hidden what was to be said
  Step project(Step hidden, Sight sight) throws InterruptedException {
    var id = checkup.project();
    var near = Similar.nearest(id, checkup.ways().projects(), one -> one);
    if (near.isEmpty() || near.get().equals(id) || isAnythingSeen(sight)) {
      return hidden;
    }
    var isPlanned = !checkup.plan().desired().policies().isEmpty();
    return Step.broken(
        Stage.PROJECT,
        "there is no " + id + ", or you may see nothing of it; gcloud works in " + near.get(),
        isPlanned
            ? new Remedy.Advice("If that is meant, write it into the plan file.")
            : checkup
                .road()
                .again(
                    checkup.road().account(), checkup.road().service(), "--project", near.get()));
  }

  private static boolean isAnythingSeen(Sight sight) throws InterruptedException {
    return sight.account().get().live().isPresent()
        || sight.service().get().deployed().isPresent()
        || sight.impersonation().get().state() == Step.State.FINE;
  }
}
