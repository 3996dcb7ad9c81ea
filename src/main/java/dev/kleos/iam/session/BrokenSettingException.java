package dev.kleos.iam.session;

/// A variable or a file that cannot be meant so. Neither text repeats what may be secret.
public final class BrokenSettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String advice;

  /// @param message what is wrong with which variable or file
  /// @param advice what to do about it
  public BrokenSettingException(String message, String advice) {
    super(message);
    this.advice = advice;
  }

  /// What is wrong with which variable or file.
  public String what() {
    return String.valueOf(getMessage());
  }

  /// What to do about it.
  public String advice() {
    return advice;
  }
}
