package dev.kleos.iam.emulator;

import java.util.OptionalLong;

/// Something that goes wrong, and for which calls. Of those that it could do something to, it
/// spares the first few and meets the next.
///
/// @param method the full gRPC method or what follows its `/`; each `*` stands for any text
/// @param resource as the caller spells it, or as the emulator does (with the project's id and an
///   account's e-mail); each `*` stands for any text
/// @param after how many calls it spares first
/// @param count how many it then meets; empty for all
public record Fault(
    String method, String resource, long after, OptionalLong count, FaultKind kind) {
  static final String ANY = "*";

  public Fault {
    if (after < 0 || count.orElse(1) < 1) {
      throw new IllegalArgumentException("a fault of no call");
    }
    if (count.isEmpty() && kind instanceof FaultKind.ShortPage(var entries) && entries == 0) {
      throw new IllegalArgumentException("a list that never ends");
    }
  }

  /// A fault of the next call of a method.
  public static Fault of(String method, FaultKind kind) {
    return new Fault(method, ANY, 0, OptionalLong.of(1), kind);
  }

  /// The same for resources of one name.
  public Fault on(String names) {
    return new Fault(method, names, after, count, kind);
  }

  /// The same after so many calls.
  public Fault after(long calls) {
    return new Fault(method, resource, calls, count, kind);
  }

  /// The same for so many calls.
  public Fault times(long calls) {
    return new Fault(method, resource, after, OptionalLong.of(calls), kind);
  }

  /// The same for all calls.
  public Fault always() {
    return new Fault(method, resource, after, OptionalLong.empty(), kind);
  }
}
