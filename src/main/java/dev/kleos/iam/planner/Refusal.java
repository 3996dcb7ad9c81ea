package dev.kleos.iam.planner;

import dev.kleos.iam.model.Grant;
import dev.kleos.iam.model.Resource;
import org.jspecify.annotations.Nullable;

/// Why a change set is not applied: the evidence, and what overrides it.
///
/// @param resource null where it is about the change set as a whole
/// @param evidence what was found, with its figures
/// @param override the plan key or flag that says it is meant, or what to do instead
/// @param about the grant that it is about, so that the plan's line can be told; null where it is
///   about more than one
public record Refusal(
    @Nullable Resource resource,
    String evidence,
    String override,
    Grant.@Nullable Assignment about) {

  /// A refusal that is about no single grant.
  public Refusal(@Nullable Resource resource, String evidence, String override) {
    this(resource, evidence, override, null);
  }
}
