package dev.kleos.iam.emulator;

import com.google.cloud.iam.credentials.v1.GenerateAccessTokenRequest;
import com.google.cloud.iam.credentials.v1.GenerateIdTokenRequest;
import com.google.cloud.iam.credentials.v1.SignBlobRequest;
import com.google.cloud.iam.credentials.v1.SignJwtRequest;
import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.DeleteServiceAccountRequest;
import com.google.iam.admin.v1.DisableServiceAccountRequest;
import com.google.iam.admin.v1.EnableServiceAccountRequest;
import com.google.iam.admin.v1.GetRoleRequest;
import com.google.iam.admin.v1.GetServiceAccountRequest;
import com.google.iam.admin.v1.ListRolesRequest;
import com.google.iam.admin.v1.ListServiceAccountsRequest;
import com.google.iam.admin.v1.PatchServiceAccountRequest;
import com.google.iam.admin.v1.QueryGrantableRolesRequest;
import com.google.iam.admin.v1.UndeleteServiceAccountRequest;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.SetIamPolicyRequest;

/// Which resource a request is about.
///
/// By type, not by field name through the descriptors: loading those of Cloud Run alone costs more
/// than the rest of the start.
final class Requests {
  private Requests() {}

  /// The resource as the caller spelled it; empty for a method that the emulator does not have.
  static String resourceOf(Object request) {
    return switch (request) {
      case GetIamPolicyRequest r -> r.getResource();
      case SetIamPolicyRequest r -> r.getResource();
      case GetServiceAccountRequest r -> r.getName();
      case CreateServiceAccountRequest r -> r.getName();
      case ListServiceAccountsRequest r -> r.getName();
      case PatchServiceAccountRequest r -> r.getServiceAccount().getName();
      case EnableServiceAccountRequest r -> r.getName();
      case DisableServiceAccountRequest r -> r.getName();
      case DeleteServiceAccountRequest r -> r.getName();
      case UndeleteServiceAccountRequest r -> r.getName();
      case GetServiceRequest r -> r.getName();
      case ListServicesRequest r -> r.getParent();
      case GetProjectRequest r -> r.getName();
      default -> resourceOfRare(request);
    };
  }

  /// Apart from the others: a switch loads all its types when it is first run, and these are not
  /// needed by the tool's own calls.
  private static String resourceOfRare(Object request) {
    return switch (request) {
      case GetRoleRequest r -> r.getName();
      case ListRolesRequest r -> r.getParent();
      case QueryGrantableRolesRequest r -> r.getFullResourceName();
      case GenerateAccessTokenRequest r -> r.getName();
      case GenerateIdTokenRequest r -> r.getName();
      case SignBlobRequest r -> r.getName();
      case SignJwtRequest r -> r.getName();
      default -> "";
    };
  }
}
