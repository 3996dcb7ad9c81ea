package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.PlanTemplate;
import dev.kleos.iam.planfile.PlanTemplate.Blank;
import dev.kleos.iam.report.Screen;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `kleos-iam init`.
@Command(
    name = "init",
    header = {
      "Write a commented plan file to begin with.",
      "Never over an existing file. At a terminal it asks for what is left out."
    },
    description = "With what kleos-iam schema prints, your editor checks the file as you type.",
    exitCodeList = {
      "0:written",
      "1:could not be written",
      "3:refused; there is a file of that name, or a question was not answered",
      Ends.WORDS
    },
    footer = {
      "  kleos-iam init",
      "  kleos-iam init --project kleos-demo --region europe-west1 plan.yaml"
    },
    mixinStandardHelpOptions = true)
public final class InitCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private InitOptions options = new InitOptions();

  public InitCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var err = surroundings.errors();
    var directory = surroundings.directory();
    var known = options.file(directory).or(() -> NewPlanFile.byDefault(directory));
    if (known.isPresent() && known.get().exists()) {
      return refuse(err, known.get());
    }
    Optional<PlanTemplate> plan;
    try (var _ = new Farewell(err, () -> "Interrupted: nothing was written.")) {
      plan = new InitDialogue(surroundings, options, err).fill();
    }
    if (plan.isEmpty()) {
      err.line("Nothing was written: a question was not answered.");
      return ExitCode.REFUSED;
    }
    var project = plan.get().value(Blank.PROJECT);
    var file = known.orElseGet(() -> NewPlanFile.inFolder(directory, project));
    return file.exists() ? refuse(err, file) : write(err, file, plan.get().text());
  }

  private static int refuse(Screen err, NewPlanFile file) {
    err.line("Nothing was written: " + file.name() + file.whyRefused());
    return ExitCode.REFUSED;
  }

  private int write(Screen err, NewPlanFile file, String text) {
    var failure = file.write(text);
    if (failure.isPresent()) {
      err.line("Nothing was written: " + file.name() + ": " + failure.get());
      return ExitCode.FAILED;
    }
    var out = surroundings.screen();
    var named = file.isFoundByDefault() ? "" : " " + CommandText.quoted(file.name());
    out.line("Wrote " + file.name() + ".");
    out.line("Next: kleos-iam plan" + named);
    if (file.outranksAnother()) {
      err.line(
          "note: plans/ comes before kleos-iam.yaml, which is now read only where it is named");
    }
    return ExitCode.DONE;
  }
}
