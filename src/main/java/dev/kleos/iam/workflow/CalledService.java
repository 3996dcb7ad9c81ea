package dev.kleos.iam.workflow;

import dev.kleos.iam.cloud.RunService;
import dev.kleos.iam.model.Resource;
import java.util.Optional;

/// A service as somebody is about to call it.
///
/// @param resource empty where it was named by its address
/// @param deployed what is known of it; empty where it was named by its address
/// @param url where it is called
/// @param audience what a token for it names
public record CalledService(
    Optional<Resource.Service> resource,
    Optional<RunService> deployed,
    String url,
    String audience) {}
