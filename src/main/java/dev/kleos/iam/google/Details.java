package dev.kleos.iam.google;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ErrorDetails;
import com.google.api.gax.rpc.ProtocolBufferParsingException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import java.util.Optional;

/// What Google attaches to an error. It is read only when it is asked for, and what cannot be read
/// counts as not attached.
final class Details {
  private Details() {}

  /// Why, for programs.
  static Optional<ErrorInfo> info(ApiException e) {
    try {
      return Optional.ofNullable(e.getErrorDetails()).map(ErrorDetails::getErrorInfo);
    } catch (ProtocolBufferParsingException unreadable) {
      return Optional.empty();
    }
  }

  /// When to try again.
  static Optional<RetryInfo> retry(ApiException e) {
    try {
      return Optional.ofNullable(e.getErrorDetails()).map(ErrorDetails::getRetryInfo);
    } catch (ProtocolBufferParsingException unreadable) {
      return Optional.empty();
    }
  }
}
