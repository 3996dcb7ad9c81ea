package dev.kleos.iam.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `kleos-iam doctor`.
@Command(
    name = "doctor",
    header = "Find why a call of the service fails, and say what mends it.",
    description =
        "It walks the road to a working call, step by step. Your own is tried, by calling the"
            + " service; somebody else's is read off the policies.",
    exitCodeList = {"0:nothing is broken", "1:something is", Ends.USAGE, Ends.PLAN},
    footer = {"  kleos-iam doctor", "  kleos-iam doctor alice@example.com --account kleos-invoker"},
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "PRINCIPAL",
      arity = "0..1",
      description = "Whose call; yours if left out.")
  private @Nullable String principal;

  @Mixin private WaitOptions wait = new WaitOptions();
  @Mixin private RoadOptions road = new RoadOptions();
  @Mixin private RunOptions options = new RunOptions();

  public DoctorCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return options.runUnconnected(
        surroundings,
        (files, plan) -> {
          var other =
              Optional.ofNullable(principal).map(text -> wait.principal(text, plan).principal());
          return new DoctorDialogue(options, surroundings, files, plan)
              .run(road.of(other), wait.time());
        });
  }
}
