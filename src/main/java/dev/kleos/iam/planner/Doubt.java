package dev.kleos.iam.planner;

import dev.kleos.iam.model.Principal;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// What speaks for a slip of the fingers in a principal that is about to get access. It never
/// refuses anything: a person decides, who is shown it in time.
public sealed interface Doubt {
  /// Who is about to get access.
  Principal principal();

  /// Who was probably meant, as a member is spelled; empty where nobody comes to mind.
  default Optional<String> instead() {
    return switch (this) {
      case LikeMember(_, var member) -> Optional.of(member.spelling());
      case OtherType(_, var member) -> Optional.of(member.spelling());
      case NewDomain(var principal, var domain, var nearest) ->
          nearest.map(near -> {
            var spelling = principal.spelling();
            return spelling.substring(0, spelling.length() - domain.length()) + near;
          });
    };
  }

  /// One edit (insert, delete, replace, swap of neighbours) away from someone who is a member
  /// already.
  record LikeMember(Principal principal, Principal member) implements Doubt {}

  /// The same address is a member already as another type, e.g. `group:` instead of `user:`.
  record OtherType(Principal principal, Principal member) implements Doubt {}

  /// A domain of which no member is.
  ///
  /// @param domain in lower case; of a service account its host, `PROJECT.iam.gserviceaccount.com`
  /// @param nearest a domain of members that was probably meant, where one is near enough for a
  ///   slip
  record NewDomain(Principal principal, String domain, Optional<String> nearest) implements Doubt {}

  /// The doubts about each newcomer, in their order. A newcomer that is a member already raises
  /// none, and newcomers do not vouch for each other. A pure function.
  ///
  /// @param members everyone whom the plan and the live policies name, newcomers or not
  static List<Doubt> about(Collection<Principal> newcomers, Collection<Principal> members) {
    var known = new Acquaintances(members);
    return new LinkedHashSet<>(newcomers).stream().flatMap(known::doubtsAbout).toList();
  }
}
