/// Google's own tools against the emulator's server: what works with Google must work here
/// unchanged, and end in the same state.
///
/// Nothing here depends on how a tool words or lays out what it says, since that differs between
/// versions: tests look at JSON, at exit codes, at the texts that the emulator wrote, and at the
/// world behind it.
@NullMarked
package dev.kleos.iam.conformance;

import org.jspecify.annotations.NullMarked;
