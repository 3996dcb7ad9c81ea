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
    header = "Call a service as the account, and print what it answers.",
    description = "Byte for byte; at a terminal, what could give it orders is made visible.",
    exitCodeList = {
      "0:the service answers with less than 300",
      "1:with more, or not at all; why is on standard error",
      Ends.USAGE,
      Ends.PLAN
    },
    footer = {
      "  kleos-iam invoke kleos-service",
      "  kleos-iam invoke us-central1/kleos-service v1/check -d '{\"a\": 1}'"
    },
    mixinStandardHelpOptions = true)
public final class InvokeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      index = "0",
      paramLabel = "SERVICE",
      description = {
        "NAME or REGION/NAME, or its https address.",
        "Nobody is asked for an address."
      })
  private String service = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PATH",
      description = "What of it: v1/check, v1/list?size=9.")
  private String path = "";

  @Mixin private RequestOptions request = new RequestOptions();
  @Mixin private ImpersonationOptions impersonation = new ImpersonationOptions();

  @Option(
      names = "--audience",
      paramLabel = "URL",
      converter = AudienceConverter.class,
      description = "What the token is for; else the service's address.")
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
        session -> {
          session.asking();
          return new Invocation(session, impersonation.of(session), sent)
              .run(service, path, audience);
        });
  }
}
