/// Seeded fuzzing of all that is read from outside: plan files, the journal, saved changes, and
/// what Google answers. An input is bytes, made from examples by a seed alone, so that what breaks
/// a property can be kept as a file and is tried again for ever.
@NullMarked
package dev.kleos.iam.fuzz;

import org.jspecify.annotations.NullMarked;
