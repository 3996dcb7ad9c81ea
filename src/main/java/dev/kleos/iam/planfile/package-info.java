/// Plan files: YAML to desired state, with every problem found at its line.
@NullMarked
package dev.kleos.iam.planfile;

import org.jspecify.annotations.NullMarked;
