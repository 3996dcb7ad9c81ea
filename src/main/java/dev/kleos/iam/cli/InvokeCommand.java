package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.workflow.ServiceAddress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kleos-iam invoke`.
@Command(
    name = "invoke",
    description = {
      "Call a service as the account, and print what it answers, byte for byte.",
      "SERVICE is NAME or REGION/NAME, or its https address, for which nobody is asked."
    },
    exitCodeList = {
      "  0:The service answers with less than 300.",
      "  1:It answers with more, or cannot be called; why is on standard error.",
      " 64:The command line is wrong.",
      " 65:The plan file is invalid.",
      "130:Interrupted."
    },
    footer = {
      "",
      "For example:  kleos-iam invoke kleos-service",
      "              kleos-iam invoke us-central1/kleos-service v1/check -d @a.json"
    },
    mixinStandardHelpOptions = true)
public final class InvokeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "SERVICE", description = "The service.")
  private String service = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PATH",
      description = "What of it, with a query if there is one.")
  private String path = "";

  @Mixin private RequestOptions request = new RequestOptions();
  @Mixin private ImpersonationOptions impersonation = new ImpersonationOptions();

  @Option(
      names = "--audience",
      paramLabel = "URL",
      converter = AudienceConverter.class,
      description = "What the token is for; the service's address if left out.")
  private @Nullable String audience;

  @Mixin private RunOptions options = new RunOptions();

  public InvokeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (options.output().isJson()) {
      throw new PlanUsageException("invoke prints what the service answers; leave -o json out");
    }
    ServiceAddress.check(path);
    var sent = request.read(surroundings);
    return options.runAnywhere(
        surroundings,
        session ->
            new Invocation(session, impersonation.of(session), sent).run(service, path, audience));
  }
}
