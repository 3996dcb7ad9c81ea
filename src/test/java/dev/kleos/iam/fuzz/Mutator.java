package dev.kleos.iam.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Changes bytes without an idea of what they mean, but for the words of a dictionary.
record Mutator(Random random, List<String> dictionary) {
  private static final int LONGEST = 1 << 16;
  private static final int MOST_EDITS = 6;
  private static final int DEEP = 20_000;

  /// One of the examples, changed in a few places.
  byte[] mutate(List<byte[]> examples) {
    var bytes = pick(examples);
    for (var edits = 1 + random.nextInt(MOST_EDITS); edits > 0; edits--) {
      bytes = edited(bytes, examples);
    }
    return bytes.length <= LONGEST ? bytes : Arrays.copyOf(bytes, LONGEST);
  }

  /// The same so that it mostly still is what it was: a line or two, or the end of a word.
  byte[] mutateGently(List<byte[]> examples) {
    var bytes = pick(examples);
    for (var edits = 1 + random.nextInt(2); edits > 0; edits--) {
      var at = random.nextInt(bytes.length + 1);
      bytes =
          switch (random.nextInt(4)) {
            case 0 -> joined(bytes, at, at, new byte[] {(byte) ('a' + random.nextInt(26))});
            case 1 -> joined(bytes, at, at, " ".repeat(1 + random.nextInt(2)).getBytes(UTF_8));
            default -> lines(bytes);
          };
    }
    return bytes;
  }

  <T> T pick(List<T> among) {
    return among.get(random.nextInt(among.size()));
  }

  private byte[] edited(byte[] bytes, List<byte[]> examples) {
    var at = random.nextInt(bytes.length + 1);
    var to = Math.min(bytes.length, at + random.nextInt(12));
    return switch (random.nextInt(24)) {
      case 0, 1 -> flipped(bytes);
      case 2 -> Arrays.copyOf(bytes, at);
      case 3 -> Arrays.copyOfRange(bytes, at, bytes.length);
      case 4, 5 -> joined(bytes, at, to, new byte[0]);
      case 6, 7, 8 -> joined(bytes, at, at, stretch(bytes));
      case 9, 10 -> spliced(bytes, at, pick(examples));
      case 11 -> joined(bytes, at, at, pick(dictionary).repeat(deep()).getBytes(UTF_8));
      case 12 -> joined(bytes, at, at, invalid());
      case 13 -> joined(bytes, 0, 0, new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
      case 14 -> new String(bytes, UTF_8).replace("\n", "\r").getBytes(UTF_8);
      case 15, 16 -> lines(bytes);
      case 17 -> joined(bytes, at, to, pick(dictionary).getBytes(UTF_8));
      default -> joined(bytes, at, at, pick(dictionary).getBytes(UTF_8));
    };
  }

  /// Mostly a few, seldom very many.
  private int deep() {
    return random.nextInt(50) == 0 ? 1 + random.nextInt(DEEP) : 1 + random.nextInt(40);
  }

  private byte[] flipped(byte[] bytes) {
    if (bytes.length == 0) {
      return bytes;
    }
    var flipped = bytes.clone();
    flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return flipped;
  }

  private byte[] stretch(byte[] bytes) {
    var from = random.nextInt(bytes.length + 1);
    return Arrays.copyOfRange(
        bytes, from, Math.min(bytes.length, from + random.nextInt(1 + bytes.length / 4)));
  }

  private byte[] spliced(byte[] bytes, int at, byte[] other) {
    return joined(
        Arrays.copyOf(bytes, at),
        at,
        at,
        Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
  }

  /// No UTF-8: an overlong form, half a surrogate, a byte that begins nothing, the half of two.
  private byte[] invalid() {
    return switch (random.nextInt(4)) {
      case 0 -> new byte[] {(byte) 0xc0, (byte) 0xaf};
      case 1 -> new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80};
      case 2 -> new byte[] {(byte) 0xff};
      default -> new byte[] {(byte) 0xe2, (byte) 0x82};
    };
  }

  /// A line left out, doubled, or further in.
  private byte[] lines(byte[] bytes) {
    var lines = new String(bytes, UTF_8).split("(?<=\n)", -1);
    var at = random.nextInt(lines.length);
    var how = random.nextInt(4);
    var text = new StringBuilder();
    for (var i = 0; i < lines.length; i++) {
      if (i != at) {
        text.append(lines[i]);
      } else {
        switch (how) {
          case 0 -> {}
          case 1 -> text.append(lines[i]).append(lines[i]);
          case 2 -> text.append("  ").append(lines[i]);
          default -> text.append(lines[random.nextInt(lines.length)]).append(lines[i]);
        }
      }
    }
    return text.toString().getBytes(UTF_8);
  }

  private static byte[] joined(byte[] bytes, int from, int to, byte[] between) {
    var out = new ByteArrayOutputStream(bytes.length + between.length);
    out.write(bytes, 0, from);
    out.writeBytes(between);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
