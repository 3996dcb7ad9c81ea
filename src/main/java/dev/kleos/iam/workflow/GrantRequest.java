package dev.kleos.iam.workflow;

import static java.util.stream.Collectors.toCollection;

import dev.kleos.iam.model.Condition;
import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.End;
import dev.kleos.iam.planfile.PrincipalArgument;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is to get access to what.
///
/// @param resource an account, to act as it, or a service, to call it
/// @param principals each once
/// @param end null for no end
/// @param reason for the plan file; null for none
/// @param replace whether other terms on which somebody has access already give way to these
/// @param save whether the plan file gets the lines
public record GrantRequest(
    Resource resource,
    List<PrincipalArgument> principals,
    @Nullable End end,
    @Nullable String reason,
    boolean replace,
    boolean save) {
  public GrantRequest {
    principals = List.copyOf(principals);
  }

  Set<Principal> who() {
    return principals.stream()
        .map(PrincipalArgument::principal)
        .collect(toCollection(LinkedHashSet::new));
  }

  /// The same for fewer principals.
  GrantRequest without(Collection<Principal> some) {
    var others =
        principals.stream().filter(argument -> !some.contains(argument.principal())).toList();
    return new GrantRequest(resource, others, end, reason, replace, save);
  }

  @Nullable Condition condition() {
    return end == null ? null : end.condition();
  }
}
