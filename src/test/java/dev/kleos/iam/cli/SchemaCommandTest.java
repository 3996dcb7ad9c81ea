package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SchemaCommandTest {
  @Test
  void schema_isPrintedByteForByte() throws IOException {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();

    var code = CommandLines.run(Unattended.in(Path.of(""), new LocalClouds(), out, err), "schema");

    assertThat(code).isEqualTo(ExitCode.DONE);
    assertThat(out.toByteArray())
        .isEqualTo(Files.readAllBytes(Path.of("src/main/resources/kleos-iam.schema.json")));
    assertThat(err.toString(UTF_8)).isEmpty();
  }
}
