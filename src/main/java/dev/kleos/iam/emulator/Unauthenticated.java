package dev.kleos.iam.emulator;

import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;

/// Why a credential is not accepted. The text is **recorded**, and the same for every cause; the
/// reasons and their metadata are **documented** in `google/api/error_reason.proto`.
final class Unauthenticated {
  private static final String TEXT =
      "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.";

  private Unauthenticated() {}

  /// For what is no access token at all (**recorded**: Google says this of any text).
  ///
  /// @param method the full gRPC method
  static StatusRuntimeException unsupported(String method) {
    return because("ACCESS_TOKEN_TYPE_UNSUPPORTED", method, "");
  }

  static StatusRuntimeException expired(String method) {
    return because("ACCESS_TOKEN_EXPIRED", method, "");
  }

  /// For an account that is disabled, deleted, or was never there.
  static StatusRuntimeException accountState(String email, String method) {
    return because("ACCOUNT_STATE_INVALID", method, email);
  }

  private static StatusRuntimeException because(String reason, String method, String email) {
    var info =
        ErrorInfo.newBuilder()
            .setReason(reason)
            .setDomain("googleapis.com")
            .putMetadata("service", ApiHosts.of(method))
            .putMetadata("method", method.replace('/', '.'));
    if (!email.isEmpty()) {
      info.putMetadata("email", email);
    }
    return Errors.of(Code.UNAUTHENTICATED, TEXT, info.build());
  }
}
