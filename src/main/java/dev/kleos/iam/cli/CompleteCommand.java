package dev.kleos.iam.cli;

import dev.kleos.iam.completion.Candidate;
import dev.kleos.iam.completion.Completion.Around;
import dev.kleos.iam.completion.Prompt;
import dev.kleos.iam.completion.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What the scripts of `kleos-iam completion` ask; nobody types it.
@Command(name = "__complete", hidden = true)
public final class CompleteCommand implements Callable<Integer> {
  private static final int MOST_RUNS = 20;

  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0")
  private @Nullable Shell shell;

  @Parameters(index = "1..*", arity = "1..*")
  private List<String> question = new ArrayList<>();

  public CompleteCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// Never fails: whoever presses a key has not asked for a message.
  @Override
  public Integer call() {
    var home = Optional.ofNullable(surroundings.env().get("HOME"));
    var project = surroundings.project().orElse(null);
    var around = new Around(surroundings.directory(), home, project, this::runs);
    try {
      var prompt = new Prompt(Objects.requireNonNull(spec).root(), around);
      surroundings.out().print(prompt.answer(Objects.requireNonNull(shell), question));
    } catch (RuntimeException e) {
      return ExitCode.FAILED;
    }
    return ExitCode.DONE;
  }

  private List<Candidate> runs() {
    var runs = StateFolder.runs(surroundings);
    return runs.numbers().stream()
        .limit(MOST_RUNS)
        .flatMap(number -> runs.run(number).stream())
        .map(run -> Candidate.of(Integer.toString(run.number()), run.header().command()))
        .toList();
  }
}
