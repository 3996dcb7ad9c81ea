package dev.kleos.iam.report;

import dev.kleos.iam.model.Principal;
import java.util.List;
import java.util.Optional;

/// What people do once they were given access, ready to copy.
public final class NextSteps {
  /// Source: "Access change propagation" in Google's IAM documentation.
  private static final String WHEN = "It usually works within 2 minutes, and can take 7 or more.";

  /// Whether it may be people, who have to be told what to do; programs have a credential already.
  public static boolean logsIn(Principal principal) {
    return switch (principal.type()) {
      case "user", "group", "domain" -> true;
      default -> false;
    };
  }

  private final Screen screen;

  public NextSteps(Screen screen) {
    this.screen = screen;
  }

  /// When a grant works that nobody has seen to work.
  public void when() {
    screen.line(WHEN);
  }

  /// For whoever is to act as an account.
  ///
  /// @param commands what they run, one after the other
  public void actAs(List<String> commands, List<Principal> principals) {
    then(principals, commands);
  }

  /// For whoever is to call a service.
  ///
  /// @param url the service's own; empty where it is not known
  public void call(Optional<String> url, List<Principal> principals) {
    url.ifPresent(address ->
        then(
            principals,
            List.of(
                "curl -H \"Authorization: Bearer $(gcloud auth print-identity-token)\" "
                    + address)));
  }

  private void then(List<Principal> principals, List<String> commands) {
    var people = principals.stream().filter(NextSteps::logsIn).map(NextSteps::called).toList();
    if (!people.isEmpty()) {
      screen.line("Then " + String.join(", ", people) + (people.size() == 1 ? " runs:" : " run:"));
      commands.forEach(command -> screen.line("  " + command));
    }
  }

  private static String called(Principal principal) {
    return switch (principal.type()) {
      case "user" -> principal.value();
      default -> "everyone of " + principal.spelling();
    };
  }
}
