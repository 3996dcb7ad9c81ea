package dev.kleos.iam.emulator;

import java.util.function.Predicate;

/// Numbers that look like Google's but follow from a seed, so that the same story told twice prints
/// the same output.
final class Ids {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long FIRST_PROJECT_NUMBER = 100_000_000_000L;
  private static final long PROJECT_NUMBERS = 900_000_000_000L;

  private Ids() {}

  /// An account's unique id: 21 digits (**documented**).
  static String uniqueId(String seed, Predicate<String> taken) {
    var digits = Long.toUnsignedString(hash(seed));
    var id = "1" + "0".repeat(20 - digits.length()) + digits;
    return taken.test(id) ? uniqueId(seed + "+", taken) : id;
  }

  /// A project's number, of twelve digits.
  static String projectNumber(String seed, Predicate<String> taken) {
    var number =
        Long.toString(FIRST_PROJECT_NUMBER + Long.remainderUnsigned(hash(seed), PROJECT_NUMBERS));
    return taken.test(number) ? projectNumber(seed + "+", taken) : number;
  }

  /// 64 bits as 16 hexadecimal digits.
  static String hex(String seed) {
    var digits = Long.toHexString(hash(seed));
    return "0".repeat(16 - digits.length()) + digits;
  }

  /// FNV-1a, then mixed so that every bit of the result depends on every character.
  private static long hash(String seed) {
    var hash = FNV_OFFSET;
    for (var i = 0; i < seed.length(); i++) {
      hash = (hash ^ seed.charAt(i)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
