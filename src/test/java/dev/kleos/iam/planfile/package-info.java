@NullMarked
package dev.kleos.iam.planfile;

import org.jspecify.annotations.NullMarked;
