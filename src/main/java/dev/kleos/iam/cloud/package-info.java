/// The ports to Google: what the program asks of it, in the words of the core.
@NullMarked
package dev.kleos.iam.cloud;

import org.jspecify.annotations.NullMarked;
