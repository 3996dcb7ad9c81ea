package dev.kleos.iam.planner;

import dev.kleos.iam.model.Resource;

/// Why a change set is not applied: the evidence, and what overrides it.
///
/// @param evidence what was found, with its figures
/// @param override the plan key or flag that says it is meant
public record Refusal(Resource resource, String evidence, String override) {}
