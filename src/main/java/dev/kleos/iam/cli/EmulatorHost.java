package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.emulator.server.EmulatorServer;
import dev.kleos.iam.model.Failure;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a running emulator is: what `KLEOS_IAM_EMULATOR_HOST` says, as for Google's emulators.
///
/// Only this machine will do, and names are not looked up, so that nothing that a name server or a
/// mistyped variable says can lead calls elsewhere. An emulator listens on 127.0.0.1 alone, so
/// every spelling of this machine means that.
///
/// @param port of REST; gRPC is on the next
public record EmulatorHost(int port) {
  static final String VARIABLE = "KLEOS_IAM_EMULATOR_HOST";
  private static final String ADDRESS = "127.0.0.1";
  private static final Pattern SHAPE =
      Pattern.compile("(?:http://)?(\\[[^\\[\\]/]+]|[^\\[\\]:/]+):(\\d{1,5})/?");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|\\[::1]|127(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");
  private static final Pattern USER = Pattern.compile("[^/@]*@");

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

  String address() {
    return ADDRESS;
  }

  int grpcPort() {
    return port + 1;
  }

  /// Makes sure that an emulator is there, so that nobody waits for calls that are tried again.
  ///
  /// @throws CloudException.Unavailable where there is none, with what to do
  void reach() {
    var where = at(grpcPort()) + " (gRPC, the port after that of " + VARIABLE + ").";
    switch (GrpcProbe.at(grpcPort())) {
      case GRPC -> {}
      case NOBODY -> throw unavailable("no emulator answers at " + where, howToFindIt());
      case ANOTHER ->
          throw unavailable(
              "what listens is no emulator, or hangs: " + where,
              "Mend or unset the variable, or start the emulator again.");
    }
  }

  private String howToFindIt() {
    return port > 1 && GrpcProbe.at(port) == GrpcProbe.GRPC
        ? port + " is its gRPC port; write the one before: " + VARIABLE + "=" + at(port - 1)
        : "Start it with: kleos-iam emulator --port " + port + "; or unset the variable.";
  }

  private static CloudException.Unavailable unavailable(String what, String advice) {
    return new CloudException.Unavailable(Failure.of("UNAVAILABLE", "", what, advice));
  }

  private static EmulatorHost parse(String text) {
    var shape = SHAPE.matcher(text);
    var port = shape.matches() ? Integer.parseInt(shape.group(2)) : 0;
    var shown = VARIABLE + " is \"" + USER.matcher(text).replaceFirst("…@") + "\", which is not ";
    if (port == 0 || port > EmulatorServer.LAST_PORT) {
      throw new IllegalArgumentException(
          shown
              + "a host and a port from 1 to "
              + EmulatorServer.LAST_PORT
              + "; write 127.0.0.1:PORT, as kleos-iam emulator prints it, or unset it");
    }
    if (!LOOPBACK.matcher(shape.group(1).toLowerCase(Locale.ROOT)).matches()) {
      throw new IllegalArgumentException(
          shown
              + "this machine; an emulator is on this machine alone, and nothing is sent anywhere"
              + " else: write "
              + at(port)
              + ", or unset it");
    }
    return new EmulatorHost(port);
  }

  private static String at(int place) {
    return ADDRESS + ":" + place;
  }
}
