/// The command line's entry point.
@NullMarked
package dev.kleos.iam;

import org.jspecify.annotations.NullMarked;
