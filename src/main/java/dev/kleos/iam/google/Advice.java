package dev.kleos.iam.google;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import dev.kleos.iam.model.NarrowestRole;
import dev.kleos.iam.model.Resource;
import java.util.Set;

/// What an admin can do about an error.
final class Advice {
  static final String LOG_IN =
      "Log in with: gcloud auth application-default login (gcloud auth login is not enough)."
          + " To rehearse without Google, add --emulator, or set KLEOS_IAM_EMULATOR_HOST where kleos-iam"
          + " emulator runs.";
  static final String IF_UNTRUSTED =
      "Where a proxy opens TLS, name the file of its authority's certificate in"
          + " CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE or SSL_CERT_FILE.";
  static final String IF_PERIMETER =
      "A VPC Service Controls perimeter forbids this call: make it from inside the perimeter, or ask"
          + " whoever runs it for an access level.";
  static final String TRY_AGAIN = "Run the same command again; it goes on where this one stopped.";

  private Advice() {}

  static String ifDenied(Call call, String permission) {
    var resource = call.resource();
    return (permission.isEmpty()
            ? "You need some role on " + resource.name() + "."
            : NarrowestRole.sentence(Set.of(permission), resource.name()))
        + (resource.projectId().equals("-") ? " Or the account does not exist." : "");
  }

  /// @param projectId that of what was asked for, which counts where Google does not say which
  ///   project the call was counted for
  static String ifDisabled(ApiUse use, String projectId) {
    var project = use.project().isEmpty() ? projectId : use.project();
    if (use.api().isEmpty()) {
      return "Enable the API in "
          + (project.equals("-") ? "the project that calls are counted for" : project)
          + ".";
    }
    return "Enable the API: gcloud services enable " + use.api() + " --project " + named(project);
  }

  static String ifQuotaProject(String projectId) {
    return "Set the quota project to one that you may use:"
        + " gcloud auth application-default set-quota-project "
        + named(projectId);
  }

  static String ifNotFound(Call call) {
    return switch (call.resource()) {
      case Resource.Account account ->
          "Check the address, and that the account is there in "
              + account.projectId()
              + ": kleos-iam creates accounts that the plan names by id, never by e-mail address.";
      case Resource.Service service ->
          "Deploy the service first, or mend its name or region in the plan file; "
              + "gcloud run services list --project "
              + service.projectId()
              + " shows what there is.";
      case Resource.Project _ -> "Mend the project id in the plan file.";
    };
  }

  static String ifRejected(String text) {
    if (text.contains("permitted customer")) {
      return "The organization only lets members of its own domains in (domain-restricted sharing)."
          + " Grant to an account of an allowed domain; or, for a public service, switch off its"
          + " invoker check: gcloud run services update SERVICE --no-invoker-iam-check.";
    }
    if (text.contains("set the type prefix")) {
      return "Mend the prefix of that principal.";
    }
    if (text.contains("does not exist")) {
      return "Check the spelling; Google knows no such account.";
    }
    return text.contains("is not supported for this resource")
        ? "Remove that role from the plan file; it cannot be granted here."
        : "";
  }

  static String ifExhausted(String text) {
    return Passing.isQuotaOfAccounts(text)
        ? "The project holds as many accounts as its quota allows: delete unused ones, or ask for"
            + " more quota."
        : "A quota of calls was reached. " + TRY_AGAIN;
  }

  static String ifUnreachable(ApiException e) {
    return e.getStatusCode().getCode() == Code.DEADLINE_EXCEEDED
        ? "Google did not answer in time. " + TRY_AGAIN
        : "Google could not be reached: check the network and the proxy. " + TRY_AGAIN;
  }

  /// To go on in a command, where Google's wildcard would mean nothing.
  private static String named(String projectId) {
    return projectId.equals("-") ? "PROJECT" : projectId;
  }
}
