package dev.kleos.iam.model;

import java.time.Instant;
import java.util.List;

/// Something about live state that changes nothing by itself, and that somebody should know.
public sealed interface Finding {

  /// A policy has little room left, as it is or as it would be written.
  record Headroom(Resource resource, Usage usage) implements Finding {}

  /// A policy keeps members of managed roles that were deleted. They give nobody access.
  ///
  /// @param count how many, every occurrence
  record DeletedMembers(Resource resource, int count) implements Finding {}

  /// A principal of the plan was deleted, and so lost what it had been granted, here and elsewhere:
  /// Google keeps grants by unique id, and who comes after under the same address has another.
  ///
  /// @param isBack whether it is known to be there again; otherwise it may be there, or not yet
  /// @param lost what it lost of what we see, by the traces of it
  record Lost(Principal principal, boolean isBack, List<Trace> lost) implements Finding {
    public Lost {
      lost = List.copyOf(lost);
    }

    /// The unique ids that it had: several where it was deleted more than once, and nothing tells
    /// which was the last.
    public List<String> uniqueIds() {
      return lost.stream()
          .flatMap(trace -> trace.grant().principal().deletedId().stream())
          .distinct()
          .toList();
    }
  }

  /// A grant of a managed role that has ended, or ends soon.
  record Ending(Resource resource, Grant grant, Instant end) implements Finding {}

  /// A service agent was to lose its grants of managed roles, and has none that we see.
  record NothingToRemove(Principal principal) implements Finding {}

  /// A grant to a principal that was deleted.
  ///
  /// @param grant its principal is the trace, `deleted:…?uid=…`
  record Trace(Resource resource, Grant grant) {}
}
