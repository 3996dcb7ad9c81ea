package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.record.Runs;
import dev.kleos.iam.report.HistoryJson;
import dev.kleos.iam.report.HistoryReport;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kleos-iam history`.
@Command(
    name = "history",
    header = "Show the runs that changed something, or one of them.",
    description = "From this user's journal on this machine; asks nobody.",
    exitCodeList = {"0:shown", "1:the journal is damaged", Ends.WORDS},
    footer = {"  kleos-iam history", "  kleos-iam history 12"},
    mixinStandardHelpOptions = true)
public final class HistoryCommand implements Callable<Integer> {
  private static final int MOST = 20;

  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      converter = RunConverter.class,
      description = "The number of a run, to see all of it.")
  private @Nullable Integer number;

  @Option(names = "--all", description = "Also those before the last 20.")
  private boolean all;

  @Mixin private OutputOptions output = new OutputOptions();

  public HistoryCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var runs = StateFolder.runs(surroundings);
    return number == null ? list(runs) : show(runs, number);
  }

  private int show(Runs runs, int one) {
    var run =
        runs.run(one)
            .orElseThrow(() ->
                new PlanUsageException(
                    "there is no run " + one + "; kleos-iam history lists those that there are"));
    if (output.isJson()) {
      new HistoryJson(List.of(run), List.of()).print(surroundings.out());
    } else {
      new HistoryReport(output.out(surroundings)).print(run, output.isVerbose());
    }
    return ExitCode.DONE;
  }

  private int list(Runs runs) {
    return new HistoryList(runs, surroundings, output, all ? Integer.MAX_VALUE : MOST).print();
  }
}
