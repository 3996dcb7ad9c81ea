/// Scripts: the real command line, run in this process, with its output compared. They are the
/// specification of what people see.
@NullMarked
package dev.kleos.iam.script;

import org.jspecify.annotations.NullMarked;
