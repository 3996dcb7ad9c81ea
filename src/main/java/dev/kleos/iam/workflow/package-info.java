/// The use cases, each without a terminal.
@NullMarked
package dev.kleos.iam.workflow;

import org.jspecify.annotations.NullMarked;
