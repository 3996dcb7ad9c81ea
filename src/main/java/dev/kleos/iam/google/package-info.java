/// The ports by Google's own client libraries: the only package that sees them.
@NullMarked
package dev.kleos.iam.google;

import org.jspecify.annotations.NullMarked;
