/// The real planner, applier and journal over a Google, a disk and a clock that one seed decides.
@NullMarked
package dev.kleos.iam.simulation;

import org.jspecify.annotations.NullMarked;
