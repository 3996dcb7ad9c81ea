package dev.kleos.iam.planfile;

import org.jspecify.annotations.Nullable;

/// Where in a plan file something is asked for.
///
/// @param file as the user named it
/// @param line from 1
/// @param column from 1, in characters
/// @param reason what the entry says it is for; null where it says nothing
public record Origin(String file, int line, int column, @Nullable String reason) {}
