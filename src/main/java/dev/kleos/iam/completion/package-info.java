/// What could stand at the cursor of an unfinished command line, and how a shell is told.
@NullMarked
package dev.kleos.iam.completion;

import org.jspecify.annotations.NullMarked;
