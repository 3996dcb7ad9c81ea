package dev.kleos.iam.emulator;

/// One call that reached the emulator.
///
/// @param method the full gRPC method, such as `google.iam.admin.v1.IAM/SetIamPolicy`
/// @param resource the resource (or its parent, for a create or a list) as the caller spelled it
/// @param caller who made it: `operator`, an e-mail, a `principal://…`, `unknown`, or `anonymous`
///   for a request to a service without a token; never a token
public record Call(String method, String resource, String caller) {

  /// Whether `name` means this call's method.
  ///
  /// @param name the full method, or what follows the `/`
  public boolean is(String name) {
    return method.equals(name) || method.endsWith("/" + name);
  }
}
