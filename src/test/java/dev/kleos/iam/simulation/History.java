package dev.kleos.iam.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Every version of one policy, in order.
final class History {
  private static final Version NONE =
      Version.of("", Set.of(), 0, Scheduler.START, Google.NATURE, Set.of());

  private final List<Version> versions = new ArrayList<>();

  void add(Version version) {
    versions.add(version);
  }

  List<Version> versions() {
    return versions;
  }

  /// The policy now; an empty one without an etag where there is none yet.
  Version current() {
    return versions.isEmpty() ? NONE : versions.getLast();
  }

  Optional<Version> of(String etag) {
    return versions.stream().filter(version -> version.etag().equals(etag)).findFirst();
  }

  /// The policy as it was then; of what is older than all, the first.
  Version at(Instant then) {
    for (var version : versions.reversed()) {
      if (!version.since().isAfter(then)) {
        return version;
      }
    }
    return versions.getFirst();
  }

  /// The versions that somebody could see from then on.
  List<Version> since(Instant then) {
    return versions.isEmpty()
        ? List.of()
        : versions.subList(versions.indexOf(at(then)), versions.size());
  }

  /// What a version replaced.
  Version before(Version version) {
    return versions.get(versions.indexOf(version) - 1);
  }

  /// Those that a process wrote.
  List<Version> by(String author) {
    return versions.stream().filter(version -> version.author().equals(author)).toList();
  }
}
