/// Walks the road from a person's credential to a working call of the service, and says at each
/// step what was found and what mends it.
@NullMarked
package dev.kleos.iam.checkup;

import org.jspecify.annotations.NullMarked;
