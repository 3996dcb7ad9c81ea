package dev.kleos.iam.cli;

import dev.kleos.iam.planfile.PlanTemplate.Blank;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What the command line says of a new plan file.
final class InitOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = {
        "The file to write; else kleos-iam.yaml.",
        "Where there is a folder plans/, plans/PROJECT.yaml."
      })
  private @Nullable String file;

  @Option(
      names = "--project",
      paramLabel = "ID",
      description = {
        "The project's id, not its number.",
        "By default what GCLOUD_PROJECT says, then GOOGLE_CLOUD_PROJECT."
      })
  private @Nullable String project;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "The account that users act as; else kleos-invoker.")
  private @Nullable String account;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "The service that it may call; else kleos-service.")
  private @Nullable String service;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Where the service runs; else us-central1.")
  private @Nullable String region;

  /// What is given, each well formed.
  Map<Blank, String> given() {
    var given = new EnumMap<Blank, String>(Blank.class);
    give(given, Blank.PROJECT, "--project", project);
    give(given, Blank.ACCOUNT, "--account", account);
    give(given, Blank.SERVICE, "--service", service);
    give(given, Blank.REGION, "--region", region);
    return given;
  }

  /// The file that is named, if one is.
  Optional<NewPlanFile> file(Path directory) {
    try {
      return Optional.ofNullable(file).map(name -> NewPlanFile.named(directory, name));
    } catch (InvalidPathException notAName) {
      throw wrong("FILE cannot be the name of a file");
    }
  }

  /// What ends a command whose line is wrong.
  ParameterException wrong(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }

  private void give(Map<Blank, String> given, Blank blank, String option, @Nullable String value) {
    if (value == null) {
      return;
    }
    var problem = blank.problem(value);
    if (problem.isPresent()) {
      throw wrong(option + ": " + problem.get());
    }
    given.put(blank, value);
  }
}
