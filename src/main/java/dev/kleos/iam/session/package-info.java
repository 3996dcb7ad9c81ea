/// What a user's files and variables say about how Google is reached: credential files, gcloud's
/// settings, the proxy. Read here and nowhere else; no secret of theirs is ever a part of a text.
@NullMarked
package dev.kleos.iam.session;

import org.jspecify.annotations.NullMarked;
