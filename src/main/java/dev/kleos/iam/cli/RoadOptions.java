package dev.kleos.iam.cli;

import dev.kleos.iam.checkup.Road;
import dev.kleos.iam.model.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which road somebody takes.
final class RoadOptions {
  @Option(
      names = "--account",
      paramLabel = "ACCOUNT",
      description = {
        "The account to call as, by id or address.",
        "By default the plan's, else the project's that is described as the Kleos invoker."
      })
  private @Nullable String account;

  @Option(
      names = "--service",
      paramLabel = "SERVICE",
      description = {
        "The service to call, REGION/NAME, or its address.",
        "Nobody is asked for an address, https://…. By default the plan's only service."
      })
  private @Nullable String service;

  @Option(
      names = "--audience",
      paramLabel = "URL",
      converter = AudienceConverter.class,
      description = {"What the client's tokens are for.", "By default the service's address."})
  private @Nullable String audience;

  Road of(Optional<Principal> other) {
    return new Road(other, account, service, audience);
  }
}
