package dev.kleos.iam.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Runs programs for real, with what they print on the streams of a test.
public record CapturedPrograms(OutputStream out, OutputStream err) implements Programs {
  @Override
  public int run(List<String> command, Map<String, String> env, Path directory)
      throws InterruptedException {
    try {
      var errors = Files.createTempFile("kleos-iam", ".err");
      try {
        var builder =
            new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(env);
        var process = LocalPrograms.start(builder);
        process.getInputStream().transferTo(out);
        var code = process.waitFor();
        err.write(Files.readAllBytes(errors));
        return code;
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
