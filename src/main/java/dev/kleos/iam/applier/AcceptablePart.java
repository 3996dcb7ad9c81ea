package dev.kleos.iam.applier;

import static java.util.stream.Collectors.joining;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.AllowPolicy;
import dev.kleos.iam.model.Change.ModifyPolicy;
import dev.kleos.iam.model.Failure;
import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.GrantDiff;
import dev.kleos.iam.model.Outcome;
import dev.kleos.iam.model.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What of a change Google has not refused so far: one bad member makes it refuse a whole policy,
/// and it names one at a time. For one thread.
///
/// Whoever is refused is left out altogether, with the removals as well: a changed end that Google
/// does not take must not cost anybody the access that they have.
final class AcceptablePart {
  private final ModifyPolicy change;
  private final List<Failure> refused = new ArrayList<>();
  private GrantDiff diff;

  AcceptablePart(ModifyPolicy change) {
    this.change = change;
    this.diff = change.diff();
  }

  GrantDiff diff() {
    return diff;
  }

  /// This part as a change by itself.
  ModifyPolicy change() {
    return changeOf(change.planned());
  }

  /// The same as a change of another policy than was planned on.
  ModifyPolicy changeOf(AllowPolicy before) {
    return new ModifyPolicy(change.resource(), before, diff);
  }

  /// Leaves out the principal that Google does not accept. That can happen once for each principal
  /// who was to get something.
  ///
  /// @param sent what it refused
  /// @throws CloudException.Rejected where that is nobody who was to get something
  void leaveOut(CloudException.Rejected e, AllowPolicy sent) {
    var failure = e.failure();
    var culprit = change().blamedBy(failure).map(Grant::principal);
    if (culprit.isEmpty()) {
      throw inTheWay(failure, sent);
    }
    diff = diff.without(diff.about(culprit.get()));
    refused.add(failure);
  }

  /// Leaves out the removals that would leave a role to nobody, where the approved change would not
  /// have.
  ///
  /// @param live the policy that is about to be changed
  void keepLastHolders(AllowPolicy live) {
    var last =
        LastHolders.unapproved(change.planned().grants(), change.diff(), live.grants(), diff);
    if (last.isEmpty()) {
      return;
    }
    diff = diff.without(GrantDiff.of(Set.of(), last));
    var who = last.stream().map(Grant::principal).distinct().map(Principal::spelling).sorted();
    var roles = last.stream().map(grant -> grant.role().name()).distinct().sorted();
    refused.add(
        Failure.of(
            "ABORTED",
            change.resource().name(),
            who.collect(joining(", "))
                + " stays: nobody else would have "
                + roles.collect(joining(", "))
                + " any more.",
            "Run kleos-iam plan: it shows what is left to do."));
  }

  /// What became of the whole change.
  ///
  /// @param ofRest what became of this part
  Outcome outcome(Outcome ofRest) {
    if (refused.isEmpty()) {
      return ofRest;
    }
    return diff.isEmpty() && refused.size() == 1
        ? new Outcome.Failed(refused.getFirst())
        : new Outcome.Partly(refused, change.diff().without(diff), ofRest);
  }

  /// The same where it could not be written.
  ///
  /// @throws CloudException where that is all there is to say
  Outcome outcome(CloudException ofRest) {
    if (refused.isEmpty()) {
      throw ofRest;
    }
    return outcome(new Outcome.Failed(ofRest.failure()));
  }

  /// Of a live member that Google does not accept, the program says so, and does not touch it.
  private CloudException.Rejected inTheWay(Failure failure, AllowPolicy sent) {
    var live = sent.grants().stream().filter(grant -> isBlamed(failure, grant)).toList();
    if (live.isEmpty()) {
      return new CloudException.Rejected(failure);
    }
    refused.removeIf(earlier -> live.stream().anyMatch(grant -> isBlamed(earlier, grant)));
    var who = live.getFirst().principal();
    var roles = live.stream().map(grant -> grant.role().name()).distinct().sorted();
    return new CloudException.Rejected(
        failure.withAdvice(
            who
                + " is in this policy already ("
                + roles.collect(joining(", "))
                + "), and while it is, Google accepts no change of the policy. End all its grants"
                + " here in one write: kleos-iam revoke ends those of the plan's roles, gcloud's"
                + " get-iam-policy and set-iam-policy any."));
  }

  private static boolean isBlamed(Failure failure, Grant grant) {
    return failure.culpritAmong(List.of(grant.principal())).isPresent();
  }
}
