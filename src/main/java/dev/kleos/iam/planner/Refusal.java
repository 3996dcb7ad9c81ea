package dev.kleos.iam.planner;

import dev.kleos.iam.model.Resource;
import org.jspecify.annotations.Nullable;

/// Why a change set is not applied: the evidence, and what overrides it.
///
/// @param resource null where it is about the change set as a whole
/// @param evidence what was found, with its figures
/// @param override the plan key or flag that says it is meant, or what to do instead
public record Refusal(@Nullable Resource resource, String evidence, String override) {}
