package dev.kleos.iam.model;

/// Why Google refused or did not answer, in an admin's words.
///
/// @param code the canonical code, e.g. `PERMISSION_DENIED`
/// @param resource the resource name that the call was about
/// @param message what happened, with Google's own words where they help
/// @param advice what to do about it; may be empty
public record Failure(String code, String resource, String message, String advice) {}
