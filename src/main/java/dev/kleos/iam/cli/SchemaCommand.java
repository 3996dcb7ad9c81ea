package dev.kleos.iam.cli;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `kleos-iam schema`.
@Command(
    name = "schema",
    header = {
      "Print the schema by which editors complete and check plan files.",
      "Written beside the plan file, it is named in the first line of that:",
      "  # yaml-language-server: $schema=kleos-iam.schema.json"
    },
    description = "It is a JSON Schema, draft-07. What that cannot see, kleos-iam validate does.",
    exitCodeList = {"0:printed", "1:could not be printed", Ends.WORDS},
    footer = "  kleos-iam schema > kleos-iam.schema.json",
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
