package dev.kleos.iam.emulator;

import com.google.rpc.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads faults in the format of the package's comment: all of them or none.
final class FaultReader {
  private static final long MAX_BYTES = 1L << 20;

  private static final Set<String> OF_ALL = Set.of("fault", "method", "resource", "after", "count");

  /// The keys that a fault of each kind can have besides.
  private static final Map<String, Set<String>> OF_KIND =
      Map.of(
          "status", Set.of("code", "message", "retryDelay"),
          "conflict", Set.of(),
          "latency", Set.of("time"),
          "answer-lost", Set.of(),
          "connection-cut", Set.of(),
          "stale-reads", Set.of("for"),
          "flapping-accounts", Set.of("for"),
          "short-page", Set.of("entries"));

  private final Predicate<String> isMethod;
  private final JsonDocument document;

  /// @param isMethod whether a name means a method that there is
  /// @param source what the text is called in complaints
  FaultReader(Predicate<String> isMethod, String source) {
    this.isMethod = isMethod;
    this.document = new JsonDocument(source);
  }

  /// @throws UnreadableException where the file cannot be read, or is not of the format
  List<Fault> read(Path file) {
    try {
      if (Files.exists(file) && (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES)) {
        throw document.refused("", "is no file of faults: no regular file, or too large", null);
      }
      return read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw document.refused("", "cannot read the file: " + Reason.of(e), e);
    }
  }

  /// @throws UnreadableException saying where it is not of the format
  List<Fault> read(byte[] text) {
    return document.read(
        text,
        root -> {
          root.members(Set.of("faults"));
          return root.member("faults").elements().stream().map(this::fault).toList();
        });
  }

  private Fault fault(JsonNode node) {
    var kind = node.member("fault");
    var more = OF_KIND.get(kind.text());
    if (more == null) {
      throw kind.wrong(
          "must be one of " + String.join(", ", OF_KIND.keySet().stream().sorted().toList()));
    }
    var members = node.members();
    members.forEach((name, member) -> {
      if (!OF_ALL.contains(name) && !more.contains(name)) {
        throw member.wrong("is no key of a fault of the kind " + kind.text());
      }
    });
    var played = kind(kind.text(), node, members);
    return new Fault(
        method(members.get("method")),
        Optional.ofNullable(members.get("resource")).map(JsonNode::text).orElse(Fault.ANY),
        Optional.ofNullable(members.get("after")).map(after -> whole(after, 0)).orElse(0L),
        count(members.get("count"), node, played, members.containsKey("for")),
        played);
  }

  private static FaultKind kind(String kind, JsonNode node, Map<String, JsonNode> members) {
    return switch (kind) {
      case "status" ->
          new FaultKind.Status(
              code(node.member("code")),
              Optional.ofNullable(members.get("message")).map(JsonNode::text).orElse(""),
              time(members.get("retryDelay")));
      case "conflict" -> new FaultKind.Conflict();
      case "latency" -> new FaultKind.Latency(Times.of(node.member("time")));
      case "answer-lost" -> new FaultKind.AnswerLost();
      case "connection-cut" -> new FaultKind.ConnectionCut();
      case "stale-reads" -> new FaultKind.StaleReads(time(members.get("for")));
      case "flapping-accounts" -> new FaultKind.FlappingAccounts(time(members.get("for")));
      default ->
          new FaultKind.ShortPage(
              Optional.ofNullable(members.get("entries"))
                  .map(entries -> Math.toIntExact(Math.min(whole(entries, 0), 1000)))
                  .orElse(0));
    };
  }

  private String method(@Nullable JsonNode node) {
    if (node == null) {
      return Fault.ANY;
    }
    if (!isMethod.test(node.text())) {
      throw node.wrong("is no method that the emulator has; GET /_emulator/requests shows names");
    }
    return node.text();
  }

  /// One call, unless a time says when it ends.
  private static OptionalLong count(
      @Nullable JsonNode node, JsonNode fault, FaultKind kind, boolean isTimed) {
    var isAlways = node == null ? isTimed : node.value().toString().equals("\"always\"");
    if (isAlways && kind instanceof FaultKind.ShortPage(var entries) && entries == 0) {
      throw fault.wrong("would be a list that never ends: give it entries, or a count");
    }
    if (isAlways) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(node == null ? 1 : whole(node, 1));
  }

  private static Code code(JsonNode node) {
    try {
      return new FaultKind.Status(Code.valueOf(node.text())).code();
    } catch (IllegalArgumentException e) {
      throw node.wrong("must be an error of google.rpc.Code, such as UNAVAILABLE");
    }
  }

  private static Optional<Duration> time(@Nullable JsonNode node) {
    return Optional.ofNullable(node).map(Times::of);
  }

  private static long whole(JsonNode node, long least) {
    var number = node.number();
    if (number < least || node.value().getAsBigDecimal().stripTrailingZeros().scale() > 0) {
      throw node.wrong("must be a whole number, " + least + " or more");
    }
    return number;
  }
}
