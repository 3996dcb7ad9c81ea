package dev.kleos.iam.session;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which places are reached without the proxy, as `no_proxy` lists them for other programs: `*`, a
/// name with all names below it, with or without a dot before it, an address, a block of IPv4
/// addresses; each with a port where only that is meant. What is none of these matches nothing.
final class NoProxy {
  private static final Pattern ENTRY = Pattern.compile("(\\[[^\\]]+]|[^:]+)(?::(\\d{1,5}))?|.+");
  private static final Pattern IPV4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final Pattern BLOCK = Pattern.compile("([0-9.]+)/(\\d|[12]\\d|3[0-2])");

  private final List<String> entries;

  NoProxy(String list) {
    entries =
        Arrays.stream(list.toLowerCase(Locale.ROOT).split("[,\\s]+"))
            .filter(entry -> !entry.isEmpty())
            .toList();
  }

  /// Whether nothing goes through the proxy.
  boolean isEverything() {
    return entries.contains("*");
  }

  /// Whether a place is reached without it.
  ///
  /// @param host a name or an address, without brackets
  boolean has(String host, int port) {
    var name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    return entries.stream().anyMatch(entry -> matches(entry, name, port));
  }

  private static boolean matches(String entry, String host, int port) {
    var parts = ENTRY.matcher(entry);
    if (entry.equals("*")) {
      return true;
    }
    if (!parts.matches() || parts.group(1) == null) { // an IPv6 address has colons of its own
      return entry.equals(host);
    }
    var name = parts.group(1).replaceFirst("^\\[(.*)]$", "$1");
    if (parts.group(2) != null && Integer.parseInt(parts.group(2)) != port) {
      return false;
    }
    var block = BLOCK.matcher(name);
    if (block.matches()) {
      return isWithin(host, block.group(1), Integer.parseInt(block.group(2)));
    }
    var suffix = name.replaceFirst("^\\*?\\.", "");
    return host.equals(suffix) || host.endsWith("." + suffix);
  }

  private static boolean isWithin(String host, String base, int bits) {
    var mask = bits == 0 ? 0 : -1L << (32 - bits);
    var from = number(base);
    var it = number(host);
    return from.isPresent() && it.isPresent() && ((from.get() ^ it.get()) & mask) == 0;
  }

  private static Optional<Long> number(String address) {
    var parts = IPV4.matcher(address);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var number = 0L;
    for (var i = 1; i <= 4; i++) {
      number = (number << 8) | (Integer.parseInt(parts.group(i)) & 0xff);
    }
    return Optional.of(number);
  }
}
