package dev.kleos.iam.planfile;

import static dev.kleos.iam.planfile.Wording.quote;

import java.util.Map;
import java.util.Optional;

/// A new plan file: one account, one service that it may call, and comments for who has never seen
/// a plan.
///
/// The texts of an account are written out for the usual one alone: another may be there already,
/// and be called otherwise. Its description says "Kleos invoker", because that is how kleos-iam
/// finds the account where a plan gives none.
///
/// @param values what fills the blanks, each well formed
public record PlanTemplate(Map<Blank, String> values) {
  /// @throws IllegalArgumentException where a blank is left, or filled with what it does not take
  public PlanTemplate {
    values = Map.copyOf(values);
    for (var blank : Blank.values()) {
      var problem = blank.problem(values.getOrDefault(blank, ""));
      if (problem.isPresent()) {
        throw new IllegalArgumentException(problem.get());
      }
    }
  }

  /// The file's text: valid, and in want of users alone.
  public String text() {
    var account = value(Blank.ACCOUNT);
    var described = Blank.ACCOUNT.usual().filter(account::equals).isPresent() ? "    " : "    # ";
    return String.join(
        "\n",
        "# Who may act as " + account + ", and what " + account + " may call.",
        "# Look first, change later:  kleos-iam plan    then    kleos-iam apply",
        "",
        "version: 1",
        line("project: " + value(Blank.PROJECT), "your project's id (not its number)"),
        line("region: " + value(Blank.REGION), "where the services below run"),
        "",
        "serviceAccounts:",
        line("  " + account + ":", "created if it is not there yet"),
        described + "displayName: Kleos invoker",
        described
            + "description: Kleos invoker - Panoply sends its validation requests as this account",
        line("    users:", "who may act as it: kleos-iam grant alice@example.com adds a line"),
        "",
        "services:",
        line("  " + value(Blank.SERVICE) + ":", "has to be there already"),
        line("    invokers:", "who may call it"),
        line("      - " + account, "a bare word is an account of this plan"),
        "",
        "# Grants on the project itself reach everything inside it, so most plans do without.",
        "# projectPolicy:",
        "#   bindings:",
        "#     - role: roles/run.viewer",
        "#       members:",
        "#         - group:kleos-devs@example.com",
        "");
  }

  /// What fills a blank.
  public String value(Blank blank) {
    return values.getOrDefault(blank, "");
  }

  private static String line(String code, String comment) {
    return "%-24s # %s".formatted(code, comment);
  }

  /// What a new plan file leaves open.
  public enum Blank {
    PROJECT(""),
    ACCOUNT("kleos-invoker"),
    SERVICE("kleos-service"),
    REGION("us-central1");

    private final String usual;

    Blank(String usual) {
      this.usual = usual;
    }

    /// What most plans have there; empty where each has its own.
    public Optional<String> usual() {
      return Optional.of(usual).filter(text -> !text.isEmpty());
    }

    /// Why a plan file cannot have this text there, and what to write instead.
    public Optional<String> problem(String text) {
      return parse(text) instanceof Parsed.Bad<String>(_, var message)
          ? Optional.of(message)
          : Optional.empty();
    }

    private Parsed<String> parse(String text) {
      return switch (this) {
        case PROJECT -> ResourceSyntax.projectId(text);
        case REGION -> ResourceSyntax.region(text);
        case ACCOUNT ->
            text.contains("@")
                ? new Parsed.Bad<>(
                    ProblemCode.ACCOUNT_FORM,
                    quote(text) + " is an address; the id is what stands before the @")
                : ResourceSyntax.account(text);
        case SERVICE ->
            text.contains("/")
                ? new Parsed.Bad<>(
                    ProblemCode.SERVICE_FORM,
                    quote(text) + " is more than a name; the name is what stands after the last /")
                : ResourceSyntax.service(text);
      };
    }
  }
}
