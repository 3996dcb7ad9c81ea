package dev.kleos.iam.google;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import dev.kleos.iam.model.Resource;
import java.util.Optional;

/// What somebody can do about an error of an emulator in another process, where that is something
/// else than with Google.
final class EmulatorAdvice {
  /// Who may do everything there.
  static final String OPERATOR = "operator";

  /// Whoever it is that a token was issued for.
  static final String ISSUED = "whom the token was issued for";

  private EmulatorAdvice() {}

  /// The advice; empty where Google's own fits.
  ///
  /// @param caller whom the emulator takes us for
  static Optional<String> about(ApiException e, Call call, String caller) {
    var code = e.getStatusCode().getCode();
    if (code == Code.NOT_FOUND) {
      return Optional.of(noSuch(kind(call.resource())));
    }
    if (code == Code.PERMISSION_DENIED) {
      return Errors.missingPermission(e, call).map(permission -> denied(call, permission, caller));
    }
    if (code == Code.UNAUTHENTICATED) {
      return Optional.of(
          "The emulator does not know this caller, or its account is disabled or gone: mend"
              + " KLEOS_IAM_EMULATOR_TOKEN, or unset it to be its operator.");
    }
    return code == Code.UNAVAILABLE || code == Code.DEADLINE_EXCEEDED
        ? Optional.of(
            "Does the emulator still run? Start it again, on the same --state if it had"
                + " one. "
                + Advice.TRY_AGAIN)
        : Optional.empty();
  }

  /// The operator is denied nothing but what is not there. To anybody else the emulator does not
  /// let on which of the two it is; but that a grant is missing is what people come to see here.
  private static String denied(Call call, String permission, String caller) {
    if (caller.equals(OPERATOR)) {
      var isNameless = call.resource().projectId().equals("-");
      return noSuch(isNameless ? kind(call.resource()) : "project");
    }
    return Advice.ifDenied(call, permission)
        + " You are "
        + caller
        + ", by KLEOS_IAM_EMULATOR_TOKEN: have the operator grant it.";
  }

  private static String noSuch(String kind) {
    return "The emulator's world has no such "
        + kind
        + ": add it to the file of its --world or --state, or mend the plan file.";
  }

  private static String kind(Resource resource) {
    return switch (resource) {
      case Resource.Account _ -> "account";
      case Resource.Service _ -> "service";
      case Resource.Project _ -> "project";
    };
  }
}
