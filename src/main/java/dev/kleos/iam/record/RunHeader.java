package dev.kleos.iam.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of a run before its first write.
///
/// @param began when the first write was near
/// @param command what was typed, without the program's name
/// @param place where it writes, such as `Google Cloud` or `the emulator at 127.0.0.1:8085`: what
///   was done in one place can be undone there only
/// @param caller as whom the calls are made; empty where that is not known
/// @param version of the program
/// @param undoes the run that it undoes; 0 for none
/// @param savedChanges the SHA-256 of the saved changes that it applies; null where it applies none
public record RunHeader(
    Instant began,
    String command,
    String place,
    String caller,
    String version,
    int undoes,
    @Nullable String savedChanges) {}
