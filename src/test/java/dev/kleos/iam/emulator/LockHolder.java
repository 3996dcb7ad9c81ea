package dev.kleos.iam.emulator;

import java.io.IOException;
import java.nio.file.Path;

/// Another process that uses a state file, says so by a `!`, and goes on until it is ended.
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] args) throws IOException {
    try (var _ = StateFile.open(Path.of(args[0]))) {
      System.out.write('!');
      System.out.flush();
      System.exit(System.in.read());
    }
  }
}
