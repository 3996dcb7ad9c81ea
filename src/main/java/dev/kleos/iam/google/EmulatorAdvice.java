package dev.kleos.iam.google;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import dev.kleos.iam.model.Resource;
import java.util.Optional;

/// What somebody can do about an error of an emulator in another process, where that is something
/// else than with Google.
final class EmulatorAdvice {
  private static final String ADD =
      " add it to the file of its --world or --state, or mend the plan file.";

  private EmulatorAdvice() {}

  /// The advice; empty where Google's own fits.
  static Optional<String> about(ApiException e, Call call) {
    var code = e.getStatusCode().getCode();
    if (code == Code.NOT_FOUND) {
      return Optional.of("The emulator's world has no such " + kind(call.resource()) + ":" + ADD);
    }
    if (code == Code.PERMISSION_DENIED) {
      var what = call.resource().projectId().equals("-") ? kind(call.resource()) : "project";
      return Optional.of("The emulator's world has no such " + what + ":" + ADD);
    }
    if (code == Code.UNAUTHENTICATED) {
      return Optional.of(
          "The emulator does not know this caller: mend KLEOS_IAM_EMULATOR_TOKEN, or unset it to"
              + " be its operator.");
    }
    return code == Code.UNAVAILABLE || code == Code.DEADLINE_EXCEEDED
        ? Optional.of(
            "Does the emulator still run? Start it again, on the same --state if it had"
                + " one. "
                + Advice.TRY_AGAIN)
        : Optional.empty();
  }

  private static String kind(Resource resource) {
    return switch (resource) {
      case Resource.Account _ -> "account";
      case Resource.Service _ -> "service";
      case Resource.Project _ -> "project";
    };
  }
}
