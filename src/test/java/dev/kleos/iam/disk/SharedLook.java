package dev.kleos.iam.disk;

import java.io.IOException;
import java.io.RandomAccessFile;

/// A process that holds a file in one of two ways until its standard input ends.
final class SharedLook {
  private SharedLook() {}

  public static void main(String... args) throws IOException {
    try (var file = new RandomAccessFile(args[0], "rw");
        var _ = file.getChannel().lock(0, Long.MAX_VALUE, args[1].equals("shared"))) {
      System.out.println("held");
      System.in.readAllBytes();
    }
  }
}
