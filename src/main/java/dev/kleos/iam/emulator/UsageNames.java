package dev.kleos.iam.emulator;

import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import java.util.regex.Pattern;

/// What requests to Service Usage name, for callers who have a permission on the project. Used
/// under the world's lock, on the thread that answers the call.
record UsageNames(Permitted permitted) {
  private static final Pattern PARENT = Pattern.compile("projects/([^/]+)");
  private static final Pattern NAME = Pattern.compile("(projects/[^/]+)/services/([^/]+)");
  private static final String DOMAIN = ApiHosts.SERVICE_USAGE;

  /// An API in a project.
  record Usage(Project project, String api) {
    String title() {
      return ApiHosts.TITLES.getOrDefault(api, api);
    }
  }

  /// The API that a name says, in its project.
  ///
  /// @param verb what is done to it: `get`, `enable` or `disable`
  /// @throws StatusRuntimeException for a caller who may not do that, or an API that the emulator
  ///   does not have
  Usage service(String name, String verb) {
    var parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw Errors.invalidArgument();
    }
    var api = parts.group(2);
    var project = parent(parts.group(1), verb, api);
    if (!ApiHosts.TITLES.containsKey(api)) {
      throw unknown(api);
    }
    return new Usage(project, api);
  }

  /// The project that a name says.
  ///
  /// @param api what the call is about; empty in a list
  Project parent(String name, String verb, String api) {
    var parts = PARENT.matcher(name);
    if (!parts.matches()) {
      throw Errors.invalidArgument();
    }
    var permission = "serviceusage.services." + verb;
    return permitted
        .projectOf(parts.group(1), permission)
        .orElseThrow(() -> denied(verb, api, permission, name));
  }

  /// **Recorded**: the text and the reason, of getting and enabling; **assumed**: the same of the
  /// others, and the metadata.
  private static StatusRuntimeException denied(
      String verb, String api, String permission, String parent) {
    var what = api.isEmpty() ? "list services" : verb + " service [" + api + "]";
    return Errors.of(
        Code.PERMISSION_DENIED,
        "Permission denied to " + what,
        ErrorInfo.newBuilder()
            .setReason("AUTH_PERMISSION_DENIED")
            .setDomain(DOMAIN)
            .putMetadata("permission", permission)
            .putMetadata("resource", parent)
            .build());
  }

  /// **Recorded**: text, reason and metadata.
  private static StatusRuntimeException unknown(String api) {
    return Errors.of(
        Code.PERMISSION_DENIED,
        "Not found or permission denied for service(s): " + api + ".",
        ErrorInfo.newBuilder()
            .setReason("SERVICE_CONFIG_NOT_FOUND_OR_PERMISSION_DENIED")
            .setDomain(DOMAIN)
            .putMetadata("services", api)
            .build());
  }
}
