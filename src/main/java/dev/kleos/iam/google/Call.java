package dev.kleos.iam.google;

import dev.kleos.iam.model.Resource;

/// A call under way: which permission it takes and on what, to tell when it is refused.
///
/// @param permission e.g. `iam.serviceAccounts.getIamPolicy`
record Call(String permission, Resource resource) {}
