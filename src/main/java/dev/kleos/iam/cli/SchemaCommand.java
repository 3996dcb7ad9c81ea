package dev.kleos.iam.cli;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `kleos-iam schema`.
@Command(
    name = "schema",
    description = {
      "Print the JSON Schema of plan files (draft-07): with it, an editor completes and checks them.",
      "What a schema cannot see, kleos-iam validate does."
    },
    exitCodeList = {" 0:Printed.", " 1:It could not be printed.", "64:The command line is wrong."},
    footer = {
      "",
      "Write it, beside your plan file:",
      "  kleos-iam schema > kleos-iam.schema.json",
      "Name it, in the first line of the plan file:",
      "  # yaml-language-server: $schema=kleos-iam.schema.json"
    },
    mixinStandardHelpOptions = true)
public final class SchemaCommand implements Callable<Integer> {
  private static final String SCHEMA = "/kleos-iam.schema.json";

  private final Surroundings surroundings;

  public SchemaCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    try (var schema = SchemaCommand.class.getResourceAsStream(SCHEMA)) {
      Objects.requireNonNull(schema).transferTo(surroundings.out());
    }
    return ExitCode.DONE;
  }
}
