/// IAM as sets of grants: the words and the algebra of the whole program, in pure JDK.
///
/// An allow policy is a set of grants (role, condition, principal). Bindings are only how the wire
/// groups grants; they exist nowhere but in the adapter to Google. Diff and merge are therefore
/// operations on sets.
@NullMarked
package dev.kleos.iam.model;

import org.jspecify.annotations.NullMarked;
