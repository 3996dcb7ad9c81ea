package dev.kleos.iam.cli;

import dev.kleos.iam.emulator.server.EmulatorServer;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `kleos-iam emulator`.
@Command(
    name = "emulator",
    header = "Play Google's IAM APIs for programs on this machine.",
    description =
        "Until Ctrl-C. It needs no Google account, and is reached from this machine alone.",
    exitCodeList = {
      "0:stopped by Ctrl-C or SIGTERM",
      "1:could not listen; or could not use the world or the faults",
      Ends.WORDS
    },
    footer = {
      "  kleos-iam emulator --state world.json",
      "  Lead other commands to it:  export " + EmulatorHost.VARIABLE + "=127.0.0.1:8085",
      "  Call as somebody else:      export " + EmulatorCaller.VARIABLE + "=alice@example.com"
    },
    mixinStandardHelpOptions = true)
public final class EmulatorCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8085",
      converter = PortConverter.class,
      description = {
        "8085 if left out; 0 for any free pair.",
        "REST is here, gRPC on the next port."
      })
  private int port;

  @Mixin private WorldOptions world = new WorldOptions();
  @Mixin private TrafficOptions traffic = new TrafficOptions();

  public EmulatorCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    var out = surroundings.screen();
    var err = surroundings.errors();
    var asked = new CountDownLatch(1);
    try (var emulator = world.open(surroundings, err);
        var _ = new StopRequest(asked::countDown);
        var server = EmulatorServer.start(traffic.played(emulator, surroundings), port)) {
      out.line("kleos-iam emulator listening on " + server.url());
      out.line("gRPC on " + server.grpcHost());
      out.line("export " + EmulatorHost.VARIABLE + "=" + server.host());
      if (surroundings.terminals().err()) {
        err.line(world.fate() + " Ctrl-C stops it.");
      }
      asked.await();
    }
    err.line("kleos-iam emulator stopped");
    return ExitCode.DONE;
  }
}
