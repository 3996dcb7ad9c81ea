/// The command line: options in, use cases run, reports and exit codes out.
@NullMarked
package dev.kleos.iam.cli;

import org.jspecify.annotations.NullMarked;
