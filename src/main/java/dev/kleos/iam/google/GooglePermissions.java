package dev.kleos.iam.google;

import com.google.api.gax.rpc.ApiException;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import dev.kleos.iam.cloud.Permissions;
import dev.kleos.iam.model.Resource;
import java.util.Set;

/// What the caller may do, by the client of whatever it is to be done to.
final class GooglePermissions implements Permissions {
  private final Clients clients;

  GooglePermissions(Clients clients) {
    this.clients = clients;
  }

  @Override
  public Set<String> held(Resource resource, Set<String> permissions) {
    var request =
        TestIamPermissionsRequest.newBuilder()
            .setResource(resource.name())
            .addAllPermissions(permissions)
            .build();
    try {
      return Set.copyOf(test(resource, request).getPermissionsList());
    } catch (ApiException e) {
      throw clients.error(e, new Call("", resource)); // a method that takes none itself
    }
  }

  private TestIamPermissionsResponse test(Resource resource, TestIamPermissionsRequest request) {
    return switch (resource) {
      case Resource.Account _ -> clients.iam().testIamPermissions(request);
      case Resource.Service _ -> clients.run().testIamPermissions(request);
      case Resource.Project _ -> clients.projects().testIamPermissions(request);
    };
  }
}
