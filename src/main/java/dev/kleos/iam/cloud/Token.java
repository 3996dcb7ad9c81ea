package dev.kleos.iam.cloud;

/// A bearer token, which is a secret: whoever has it is taken for whom it is for, for up to an
/// hour. Nothing but [#value()] tells it.
///
/// @param value as it is sent
public record Token(String value) {
  @Override
  public String toString() {
    return "a token that is not shown";
  }
}
