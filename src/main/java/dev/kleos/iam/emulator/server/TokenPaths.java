package dev.kleos.iam.emulator.server;

import dev.kleos.iam.emulator.Emulator;
import java.util.Optional;

/// What Google has for tokens outside its APIs.
record TokenPaths(Emulator emulator) implements RestHandler {

  @Override
  public Optional<RestAnswer> answer(RestRequest request) {
    return request.verb().equals("GET") && request.isFor("oauth2/v3/certs")
        ? Optional.of(RestAnswer.ok(emulator.idTokenKeys()))
        : Optional.empty();
  }
}
