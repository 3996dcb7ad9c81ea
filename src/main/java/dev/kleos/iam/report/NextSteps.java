package dev.kleos.iam.report;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import java.util.List;
import java.util.Optional;

/// What people do once they were given access, ready to copy.
public final class NextSteps {
  /// Source: "Access change propagation" in Google's IAM documentation.
  private static final String WHEN = "It usually works within 2 minutes, and can take 7 or more.";

  private final Screen screen;

  public NextSteps(Screen screen) {
    this.screen = screen;
  }

  /// For whoever is to act as an account.
  public void actAs(Resource.Account account, List<Principal> principals) {
    screen.line(WHEN);
    then(
        principals,
        "gcloud auth application-default login --impersonate-service-account=" + account.email());
    var programs =
        principals.stream().filter(who -> !logsIn(who)).map(Principal::spelling).toList();
    if (!programs.isEmpty()) {
      screen.line(
          "What runs as "
              + String.join(", ", programs)
              + " needs no login: it asks for tokens of "
              + account.email()
              + ".");
    }
  }

  /// For whoever is to call a service.
  ///
  /// @param url the service's own; empty where it is not known
  public void call(Optional<String> url, List<Principal> principals) {
    screen.line(WHEN);
    url.ifPresent(address ->
        then(
            principals,
            "curl -H \"Authorization: Bearer $(gcloud auth print-identity-token)\" " + address));
  }

  private void then(List<Principal> principals, String command) {
    var people = principals.stream().filter(NextSteps::logsIn).map(NextSteps::called).toList();
    if (!people.isEmpty()) {
      screen.line("Then " + String.join(", ", people) + (people.size() == 1 ? " runs:" : " run:"));
      screen.line("  " + command);
    }
  }

  /// Programs have a credential already.
  private static boolean logsIn(Principal principal) {
    return switch (principal.type()) {
      case "user", "group", "domain" -> true;
      default -> false;
    };
  }

  private static String called(Principal principal) {
    return switch (principal.type()) {
      case "user" -> principal.value();
      default -> "everyone of " + principal.spelling();
    };
  }
}
