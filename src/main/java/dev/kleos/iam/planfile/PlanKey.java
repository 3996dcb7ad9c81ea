package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Resource;

/// The key of a plan file under which a resource stands. Several files of a project may each have
/// one for the same resource.
public record PlanKey(Resource resource, Origin origin) {}
