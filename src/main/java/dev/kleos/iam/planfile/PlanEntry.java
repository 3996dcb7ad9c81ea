package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Principal;
import dev.kleos.iam.model.Resource;
import org.jspecify.annotations.Nullable;

/// One entry of a plan file: a principal in the list of a resource.
///
/// @param until when it ends by itself; null where it does not
/// @param inBinding whether it stands among the `members` of a binding, not among the `users` or
///   `invokers`
public record PlanEntry(
    Resource resource,
    Principal principal,
    @Nullable End until,
    boolean inBinding,
    Origin origin) {}
