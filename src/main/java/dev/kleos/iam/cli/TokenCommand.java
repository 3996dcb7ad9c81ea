package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.report.Summary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `kleos-iam token`.
@Command(
    name = "token",
    header = "Print a token to call a service as the account.",
    description = {
      "An ID token, valid for an hour; without --service or --audience it is for the plan's only service.",
      "For other programs: curl -H \"Authorization: Bearer $TOKEN\" URL"
    },
    exitCodeList = {"0:printed", "1:Google made none", Ends.USAGE, Ends.PLAN},
    footer = {
      "  TOKEN=$(kleos-iam token)",
      "  TOKEN=$(kleos-iam token --audience https://kleos.example.com)"
    },
    mixinStandardHelpOptions = true)
public final class TokenCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private ImpersonationOptions impersonation = new ImpersonationOptions();
  @Mixin private AudienceOptions audience = new AudienceOptions();
  @Mixin private RunOptions options = new RunOptions();

  @Option(names = "--show", description = "Print it at a terminal too, where others may read it.")
  private boolean show;

  public TokenCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (surroundings.terminals().out() && !show) {
      throw new PlanUsageException(
          "a token is a secret, and this is a terminal; pass it on, as in $(kleos-iam token) or"
              + " with a pipe, or add --show");
    }
    audience.check();
    return options.runAnywhere(surroundings, this::print);
  }

  private int print(Session session) throws InterruptedException {
    session.asking();
    var account = impersonation.of(session);
    var named = audience.of(session);
    var token = named == null ? account.accessToken() : account.idToken(named);
    session.status("");
    if (options.output().isVerbose()) {
      var what = named == null ? "An access token of " : "An ID token of ";
      var purpose = named == null ? "" : " for " + named;
      var sum = Summary.of(session.cloud().calls());
      session.err().line(what + account.account().email() + purpose + ".  " + sum);
    }
    if (session.isJson()) {
      session.json((json, _) -> {
        json.name("token").value(token.value());
        json.name("account").value(account.account().email());
        if (named != null) {
          json.name("audience").value(named);
        }
      });
    } else {
      surroundings.out().println(token.value());
    }
    return ExitCode.DONE;
  }
}
