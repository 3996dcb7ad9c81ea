package dev.kleos.iam.planfile;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A plan file as it was found: its bytes, or why there are none.
public sealed interface PlanSource {
  /// The file as the user named it: what problems and origins call it.
  String name();

  /// A plan file from its text.
  static Content of(String name, String text) {
    return new Content(name, text.getBytes(UTF_8));
  }

  /// A plan file from its bytes.
  static Content of(String name, byte[] bytes) {
    return new Content(name, bytes);
  }

  /// A file that was read.
  final class Content implements PlanSource {
    private final String name;
    private final byte[] bytes;

    private Content(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes.clone();
    }

    @Override
    public String name() {
      return name;
    }

    /// All of it, as on disk.
    public byte[] bytes() {
      return bytes.clone();
    }
  }

  /// A file that is there but was not read.
  ///
  /// @param message why, and what to do
  record Unreadable(String name, ProblemCode code, String message) implements PlanSource {}
}
