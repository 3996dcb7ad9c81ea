package dev.kleos.iam.cli;

import dev.kleos.iam.cloud.Bytes;
import dev.kleos.iam.cloud.Endpoints;
import dev.kleos.iam.emulator.Emulator;
import java.util.Map;

/// The services of an emulator in this process, called without a port.
record EmbeddedEndpoints(Emulator emulator) implements Endpoints {
  @Override
  public Answer call(Request request) {
    return new Answer(emulator.calls().all().isEmpty() ? 404 : 503, Map.of(), Bytes.NONE);
  }
}
