/// Turns a change set into writes: the read-modify-write loop and its waits.
@NullMarked
package dev.kleos.iam.applier;

import org.jspecify.annotations.NullMarked;
