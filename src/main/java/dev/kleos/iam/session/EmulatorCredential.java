package dev.kleos.iam.session;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;

/// A credential file that leads Google's libraries to an emulator, as an account. Of all kinds of
/// credentials they go by the address in the file of one alone that is not under TLS: of a login by
/// another provider of identities. It cannot impersonate; so the address is one that the emulator
/// has for each account. Source: the libraries for Node, Java and Python.
final class EmulatorCredential {
  private static final String AUDIENCE =
      "//iam.googleapis.com/locations/global/workforcePools/emulator/providers/caller";

  private EmulatorCredential() {}

  /// @param host of the emulator's REST, with its port
  /// @param caller whom the emulator takes the program for, until it impersonates
  static byte[] of(String host, String caller, String account) {
    var address = "http://" + host + "/_emulator/accounts/" + account + "/token";
    var json = new JsonObject();
    json.addProperty("type", StoredCredential.Kind.WORKFORCE_LOGIN.type());
    json.addProperty("audience", AUDIENCE);
    json.addProperty("client_id", "emulator");
    json.addProperty("client_secret", "emulator");
    json.addProperty("refresh_token", caller);
    json.addProperty("token_url", address);
    json.addProperty("token_info_url", address);
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
