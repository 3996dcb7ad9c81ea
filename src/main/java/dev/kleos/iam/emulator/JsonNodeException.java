package dev.kleos.iam.emulator;

import com.google.gson.JsonParseException;
import java.io.Serial;

/// A value in a JSON file that is not what it should be.
final class JsonNodeException extends JsonParseException {
  @Serial private static final long serialVersionUID = 1L;

  private final String path;

  /// @param path of the value; empty for the whole file
  JsonNodeException(String path, String what) {
    super(path.isEmpty() ? what : path + " " + what);
    this.path = path;
  }

  String path() {
    return path;
  }
}
