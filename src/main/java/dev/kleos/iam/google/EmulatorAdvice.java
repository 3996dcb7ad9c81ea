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

  private static final String ADD =
      " add it to the file of its --world or --state, or mend the plan file.";

  private EmulatorAdvice() {}

  /// The advice; empty where Google's own fits.
  ///
  /// @param caller whom the emulator takes us for
  static Optional<String> about(ApiException e, Call call, String caller) {
    var code = e.getStatusCode().getCode();
    if (code == Code.NOT_FOUND) {
      return Optional.of("The emulator's world has no such " + kind(call.resource()) + ":" + ADD);
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

  /// The operator is denied nothing but what is not there; of anybody else, the emulator does not
  /// let on which of the two it is.
  private static String denied(Call call, String permission, String caller) {
    var nameless = call.resource().projectId().equals("-");
    var missing =
        "emulator's world has no such "
            + (nameless ? kind(call.resource()) : "project")
            + ":"
            + ADD;
    if (caller.equals(OPERATOR)) {
      return "The " + missing;
    }
    return Advice.ifDenied(call, permission)
        + " You are "
        + caller
        + ", by KLEOS_IAM_EMULATOR_TOKEN: have the operator grant it."
        + (nameless ? "" : " Or the " + missing);
  }

  private static String kind(Resource resource) {
    return switch (resource) {
      case Resource.Account _ -> "account";
      case Resource.Service _ -> "service";
      case Resource.Project _ -> "project";
    };
  }
}
