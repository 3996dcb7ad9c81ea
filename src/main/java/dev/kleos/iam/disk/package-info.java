/// Files as whatever must not be lost or half-written needs them: replaced as a whole, down to the
/// disk, private where they are ours.
@NullMarked
package dev.kleos.iam.disk;

import org.jspecify.annotations.NullMarked;
