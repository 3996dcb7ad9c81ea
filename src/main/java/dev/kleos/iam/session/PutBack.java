package dev.kleos.iam.session;

/// What became of a file when an impersonation was switched off.
///
/// @param file the home folder as `~`
public record PutBack(String file, How how) {
  /// How it was left.
  public enum How {
    /// As it was before, byte for byte.
    AS_BEFORE,
    /// Somebody has edited it since: only the account was taken out.
    ACCOUNT_TAKEN_OUT,
    /// Somebody has edited it since, and the account is no longer in it: nothing was changed.
    LEFT,
    /// Somebody has removed it since: nothing was changed.
    GONE
  }
}
