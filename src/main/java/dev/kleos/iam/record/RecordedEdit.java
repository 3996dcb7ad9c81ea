package dev.kleos.iam.record;

/// A plan file that a run saved.
///
/// @param file its absolute path
/// @param before its text before
/// @param after its text as the run left it
public record RecordedEdit(String file, String before, String after) {}
