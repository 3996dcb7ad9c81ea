/// Desired state and live state in, change set and refusals out. Pure functions.
@NullMarked
package dev.kleos.iam.planner;

import org.jspecify.annotations.NullMarked;
