package dev.kleos.iam.emulator;

import com.google.cloud.resourcemanager.v3.GetProjectRequest;
import com.google.cloud.run.v2.GetServiceRequest;
import com.google.cloud.run.v2.ListServicesRequest;
import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.DeleteServiceAccountRequest;
import com.google.iam.admin.v1.DisableServiceAccountRequest;
import com.google.iam.admin.v1.EnableServiceAccountRequest;
import com.google.iam.admin.v1.GetServiceAccountRequest;
import com.google.iam.admin.v1.ListServiceAccountsRequest;
import com.google.iam.admin.v1.PatchServiceAccountRequest;
import com.google.iam.admin.v1.UndeleteServiceAccountRequest;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.SetIamPolicyRequest;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.List;

/// Which resource a request is about.
///
/// By type, not by field name through the descriptors: loading those of Cloud Run alone costs more
/// than the rest of the start.
final class Requests {
  private static final List<String> NAMES =
      List.of("name", "resource", "parent", "full_resource_name");

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

  /// Of the methods that the tool itself does not call, by the name of the field.
  private static String resourceOfRare(Object request) {
    if (request instanceof Message message) {
      for (var name : NAMES) {
        var field = message.getDescriptorForType().findFieldByName(name);
        if (field != null && field.getJavaType() == JavaType.STRING && !field.isRepeated()) {
          return message.getField(field).toString();
        }
      }
    }
    return "";
  }
}
