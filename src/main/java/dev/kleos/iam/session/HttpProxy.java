package dev.kleos.iam.session;

import java.util.Optional;

/// A proxy that lets connections through by `CONNECT`.
///
/// @param host a name or an address, without brackets
/// @param login what it wants to be told; empty where it asks for nothing
/// @param origin the variable or the file that names it
public record HttpProxy(String host, int port, Optional<Login> login, String origin) {
  /// Where it is and who says so, and never the login.
  @Override
  public String toString() {
    return host + ":" + port + " (" + origin + ")";
  }

  /// A user's name and password.
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login";
    }
  }
}
