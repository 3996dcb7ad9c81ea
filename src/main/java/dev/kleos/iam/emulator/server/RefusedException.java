package dev.kleos.iam.emulator.server;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.SortedSet;

/// A request that never becomes a call.
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// The text begins as some of Google's APIs say it (**recorded**; others answer with a web page),
  /// and then says who is speaking: gcloud takes a 404 for a missing resource, and tells that.
  static RefusedException unknownPath(RestRequest request) {
    return new RefusedException(
        Code.NOT_FOUND,
        RestErrors.of(
            404,
            Code.NOT_FOUND,
            "Method not found: the emulator has no "
                + request.verb()
                + " /"
                + request.joinedPath()
                + "."));
  }

  /// **Documented**: the HTTP status code; the text is **assumed**.
  static RefusedException wrongVerb(SortedSet<String> allowed) {
    var verbs = String.join(", ", allowed);
    return new RefusedException(
        Code.UNIMPLEMENTED,
        RestErrors.of(405, Code.UNIMPLEMENTED, "Method not allowed: use " + verbs + ".")
            .with("Allow", verbs));
  }

  /// For what does not fit the call's request.
  static RefusedException of(StatusRuntimeException invalid) {
    return new RefusedException(invalid.getStatus().getCode(), RestErrors.of(invalid));
  }

  private final Code code;
  private final transient RestAnswer answer;

  private RefusedException(Code code, RestAnswer answer) {
    super(code.name());
    this.code = code;
    this.answer = answer;
  }

  Code code() {
    return code;
  }

  RestAnswer answer() {
    return answer;
  }
}
