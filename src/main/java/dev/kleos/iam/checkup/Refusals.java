package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.cloud.CloudException.Denied.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is behind calls that failed, where that is the same whatever the call was about.
final class Refusals {
  static final String UNAUTHENTICATED = "UNAUTHENTICATED";

  /// What Google, or whoever is on the way to it, says no word with.
  private static final Set<String> SILENCE = Set.of("UNAVAILABLE", "DEADLINE_EXCEEDED");

  /// Without which nobody calls a service. The others are asked by this tool, to see more.
  private static final Set<String> OF_CALLS =
      Set.of("iamcredentials.googleapis.com", "run.googleapis.com");

  /// What ends the advice of commands that write.
  private static final String AGAIN =
      " Run the same command again; it goes on where this one stopped.";

  private Refusals() {}

  /// Whether Google does not know the caller.
  static boolean isUnknownCaller(CloudException e) {
    return e.failure().code().equals(UNAUTHENTICATED);
  }

  /// The step as which it counts, where the call's own subject is not to blame: an API that is
  /// switched off, a quota project, a network.
  ///
  /// @param project that of the road, which is to be paid for by itself
  static Optional<Step> elsewhere(CloudException e, String project) {
    var failure = e.failure();
    if (isUnknownCaller(e)) {
      return Optional.of(Step.broken(Stage.CREDENTIALS, brief(e), advice(e)));
    }
    if (SILENCE.contains(failure.code())) {
      return Optional.of(Step.broken(Stage.NETWORK, brief(e), advice(e)));
    }
    if (!(e instanceof CloudException.Denied denied)) {
      return Optional.empty();
    }
    return switch (denied.reason()) {
      case PERMISSION -> Optional.empty();
      case API_DISABLED ->
          Optional.of(
              disabled(
                  denied.api().isEmpty() ? List.of() : List.of(denied.api()),
                  denied.consumer().isEmpty() ? project : denied.consumer()));
      case QUOTA_PROJECT ->
          Optional.of(Step.broken(Stage.QUOTA_PROJECT, brief(e), quotaProject(project)));
      case PERIMETER -> Optional.of(Step.broken(Stage.PROJECT, brief(e), advice(e)));
    };
  }

  /// The step as which a failure counts: elsewhere, or where it happened. What an API would have
  /// shown that no call takes is not seen, and nothing is broken by that.
  static Step step(Stage stage, CloudException e, String project) {
    var elsewhere = elsewhere(e, project);
    if (e instanceof CloudException.Denied denied
        && elsewhere.filter(step -> step.state() == Step.State.UNKNOWN).isPresent()) {
      return Step.unknown(stage, "not seen: " + denied.api() + " is not enabled");
    }
    return elsewhere.orElseGet(() -> Step.broken(stage, brief(e), advice(e)));
  }

  /// What Google says, to go on in a line.
  static String brief(CloudException e) {
    return brief(e.failure().message());
  }

  /// What Google's failure has people do.
  static Remedy advice(CloudException e) {
    return new Remedy.Advice(e.failure().advice().replace(AGAIN, ""));
  }

  /// The same of any sentence.
  static String brief(String sentence) {
    return sentence.replaceFirst(" Tried \\d+ times within .*", "").replaceFirst("\\.$", "");
  }

  /// @param apis those that are switched off; empty where Google does not name them
  /// @param project the one that calls are counted for; `-` where only Google can tell
  static Step disabled(List<String> apis, String project) {
    var isKnown = !project.equals("-");
    var where = isKnown ? project : "the project that calls are counted for";
    var what = apis.isEmpty() ? "an API" : String.join(", ", apis);
    var finding = what + (apis.size() > 1 ? " are" : " is") + " not enabled in " + where;
    var remedy =
        apis.isEmpty()
            ? new Remedy.Advice("Enable the API in " + where + ".")
            : isKnown
                ? enabling(apis, project)
                : new Remedy.Advice(
                    "Enable it: gcloud services enable "
                        + String.join(" ", apis)
                        + " --project PROJECT");
    return isOfCalls(apis)
        ? Step.broken(Stage.APIS, finding, remedy)
        : Step.unknown(Stage.APIS, finding + ": less can be seen, calls do not take it")
            .with(remedy);
  }

  private static Remedy enabling(List<String> apis, String project) {
    var words = new ArrayList<>(List.of("gcloud", "services", "enable"));
    words.addAll(apis);
    words.addAll(List.of("--project", project));
    return new Remedy.Shell(words);
  }

  /// Whether a call may need one of them; where Google does not say which one is off, it may.
  private static boolean isOfCalls(List<String> apis) {
    return apis.isEmpty() || apis.stream().anyMatch(OF_CALLS::contains);
  }

  /// Has calls counted for the project of the road.
  static Remedy quotaProject(String project) {
    return Remedy.Shell.of("gcloud", "auth", "application-default", "set-quota-project", project);
  }

  /// Whether it is for want of a permission.
  static boolean isForbidden(CloudException e) {
    return e instanceof CloudException.Denied denied && denied.reason() == Reason.PERMISSION;
  }
}
