package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.emulator.server.EmulatorServer;
import dev.kleos.iam.model.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a running emulator is: what `KLEOS_IAM_EMULATOR_HOST` says, as for Google's emulators.
///
/// Only this machine will do, and names are not looked up, so that nothing that a name server or a
/// mistyped variable says can lead calls elsewhere.
///
/// @param address a literal address of loopback, without brackets
/// @param port of REST; gRPC is on the next
public record EmulatorHost(String address, int port) {
  static final String VARIABLE = "KLEOS_IAM_EMULATOR_HOST";
  private static final int PATIENCE_MILLIS = 2000;
  private static final Pattern SHAPE =
      Pattern.compile("(?:http://)?(\\[[^\\[\\]/]+]|[^\\[\\]:/]+):(\\d{1,5})/?");
  private static final Pattern LOOPBACK =
      Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");

  /// What the variable says; empty where it says nothing.
  ///
  /// @throws IllegalArgumentException where it says no place on this machine; with what to do
  static Optional<EmulatorHost> of(Map<String, String> env) {
    var text = env.getOrDefault(VARIABLE, "");
    return text.isEmpty() ? Optional.empty() : Optional.of(parse(text));
  }

  /// Where REST is, to be written into the variable.
  @Override
  public String toString() {
    return at(port);
  }

  int grpcPort() {
    return port + 1;
  }

  /// Makes sure that somebody listens, so that nobody waits for calls that are tried again.
  ///
  /// @throws CloudException.Unavailable where nobody does
  void reach() {
    try (var socket = new Socket(Proxy.NO_PROXY)) {
      socket.connect(new InetSocketAddress(address, grpcPort()), PATIENCE_MILLIS);
    } catch (IOException e) {
      throw new CloudException.Unavailable(
          Failure.of(
              "UNAVAILABLE",
              "",
              "no emulator answers at "
                  + at(grpcPort())
                  + " (gRPC, the port after that of "
                  + VARIABLE
                  + ").",
              "Start it with: kleos-iam emulator --port " + port + "; or unset the variable."));
    }
  }

  private static EmulatorHost parse(String text) {
    var shape = SHAPE.matcher(text);
    var port = shape.matches() ? Integer.parseInt(shape.group(2)) : 0;
    if (port == 0 || port > EmulatorServer.LAST_PORT) {
      throw new IllegalArgumentException(
          VARIABLE
              + " is \""
              + text
              + "\", which is not a host and a port from 1 to "
              + EmulatorServer.LAST_PORT
              + "; write 127.0.0.1:PORT, as kleos-iam emulator prints it, or unset it");
    }
    var host = shape.group(1).toLowerCase(Locale.ROOT);
    if (host.equals("[::1]")) {
      return new EmulatorHost("::1", port);
    }
    if (host.equals("localhost")) {
      return new EmulatorHost("127.0.0.1", port);
    }
    if (!LOOPBACK.matcher(host).matches()) {
      throw new IllegalArgumentException(
          VARIABLE
              + " is \""
              + text
              + "\", which is not this machine; an emulator is on this machine alone, and nothing is"
              + " sent anywhere else: write 127.0.0.1:"
              + port
              + ", or unset it");
    }
    return new EmulatorHost(host, port);
  }

  private String at(int place) {
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + place;
  }
}
