@NullMarked
package dev.kleos.iam.completion;

import org.jspecify.annotations.NullMarked;
