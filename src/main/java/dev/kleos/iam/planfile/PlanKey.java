package dev.kleos.iam.planfile;

import dev.kleos.iam.model.Resource;

/// The key of a plan file under which a resource stands. Several files of a project may each have
/// one for the same resource.
///
/// @param projectId of the file's project
public record PlanKey(Resource resource, String projectId, Origin origin) {}
