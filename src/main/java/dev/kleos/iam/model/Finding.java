package dev.kleos.iam.model;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

    /// The account that it was; empty for a person or a group.
    public Optional<Resource.Account> account() {
      return principal.type().equals("serviceAccount")
          ? Optional.of(Resource.Account.ofEmail(principal.value()))
          : Optional.empty();
    }

    /// How an account is restored: by each of its unique ids, of which there are several where it
    /// was deleted more than once, and nothing tells which was the last.
    public String advice() {
      var project = account().map(Resource.Account::projectId).filter(id -> !id.equals("-"));
      var commands =
          traces().stream()
              .flatMap(trace -> trace.deletedId().stream())
              .map("gcloud iam service-accounts undelete "::concat)
              .map(command -> command + project.map(" --project "::concat).orElse(""))
              .collect(joining(", or "));
      return "to have it back with its grants, up to 30 days after its deletion: "
          + (commands.isEmpty() ? "undelete it by its unique id" : commands);
    }

    /// The traces, each once.
    public List<Principal> traces() {
      return lost.stream().map(trace -> trace.grant().principal()).distinct().toList();
    }
  }

  /// A grant of a managed role that has ended, or ends soon.
  record Ending(Resource resource, Grant grant, Instant end) implements Finding {}

  /// A service agent was to lose its grants of managed roles, and has none that we see.
  ///
  /// @param isNamed because the plan names it
  record NothingToRemove(Principal principal, boolean isNamed) implements Finding {}

  /// A grant to a principal that was deleted.
  ///
  /// @param grant its principal is the trace, `deleted:…?uid=…`
  record Trace(Resource resource, Grant grant) {}
}
