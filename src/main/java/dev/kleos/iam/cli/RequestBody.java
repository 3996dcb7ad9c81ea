package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.cloud.Bytes;
import dev.kleos.iam.planfile.PlanUsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/// Where the body of a request comes from.
final class RequestBody {
  /// Source: "Quotas and limits" of Cloud Run, for HTTP/1.
  private static final int MOST_BYTES = 32 << 20;

  private RequestBody() {}

  /// The body.
  ///
  /// @param data itself, or `@` and a file, or `@-`
  /// @throws PlanUsageException where it cannot be read, with the reason
  static Bytes of(String data, Surroundings surroundings) {
    if (!data.startsWith("@")) {
      return Bytes.of(data.getBytes(UTF_8));
    }
    var name = data.substring(1);
    if (name.isEmpty()) {
      throw new PlanUsageException("-d @ names no file; write @FILE, or @- for standard input");
    }
    var what = name.equals("-") ? "standard input" : "\"" + name + "\"";
    try (var in = name.equals("-") ? surroundings.in() : opened(name, surroundings)) {
      var bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new PlanUsageException(what + " is larger than the 32 MiB that Cloud Run takes");
      }
      return Bytes.of(bytes);
    } catch (IOException e) {
      throw new PlanUsageException(what + " cannot be read: " + reason(e));
    }
  }

  private static InputStream opened(String name, Surroundings surroundings) throws IOException {
    var file = path(name, surroundings);
    if (Files.isDirectory(file)) {
      throw new FileSystemException(name, null, "it is a folder");
    }
    return Files.newInputStream(file);
  }

  private static Path path(String name, Surroundings surroundings) throws IOException {
    try {
      return surroundings.directory().resolve(name);
    } catch (InvalidPathException e) {
      throw new FileSystemException(name, null, "no file can have that name");
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "it is not there";
      case AccessDeniedException _ -> "you may not read it";
      case FileSystemException failed -> Objects.toString(failed.getReason());
      default -> Objects.toString(e.getMessage());
    };
  }
}
