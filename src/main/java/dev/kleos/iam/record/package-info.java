/// The one JSON form of changes: what `-o json` prints, and what is kept.
@NullMarked
package dev.kleos.iam.record;

import org.jspecify.annotations.NullMarked;
