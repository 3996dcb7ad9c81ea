package dev.kleos.iam.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;

/// What is sent to a service or comes back from it: any bytes, which nobody changes.
public final class Bytes {
  /// None at all.
  public static final Bytes NONE = new Bytes(new byte[0]);

  /// These bytes, copied.
  public static Bytes of(byte[] bytes) {
    return bytes.length == 0 ? NONE : new Bytes(bytes.clone());
  }

  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /// How many there are.
  public int size() {
    return bytes.length;
  }

  /// A copy of them.
  public byte[] copy() {
    return bytes.clone();
  }

  /// What they say in UTF-8; what is none becomes U+FFFD.
  public String text() {
    return new String(bytes, UTF_8);
  }

  /// Writes them as they are.
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }
}
