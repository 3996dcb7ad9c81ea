package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.RunService;
import dev.kleos.iam.model.Resource;
import java.net.URI;
import java.util.Optional;

/// A call of a service, as far as it is known: what its answer is explained by.
///
/// @param service empty where it was named by its address
/// @param deployed empty where it is not known
/// @param method such as `POST`
/// @param url where the call went
/// @param audience what its token names
/// @param account whom its token is for
public record ServiceCall(
    Optional<Resource.Service> service,
    Optional<RunService> deployed,
    String method,
    URI url,
    String audience,
    Resource.Account account) {}
