package dev.kleos.iam.record;

/// What was read is not what was written: damaged, of something else, or of another version.
public final class DocumentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what is wrong, and where in the document
  public DocumentException(String message) {
    super(message);
  }

  DocumentException(String message, Throwable cause) {
    super(message, cause);
  }
}
