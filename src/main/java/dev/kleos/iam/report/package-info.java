/// Results for people and for programs. Colour and terminal escaping live here alone.
@NullMarked
package dev.kleos.iam.report;

import org.jspecify.annotations.NullMarked;
