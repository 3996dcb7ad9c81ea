package dev.kleos.iam.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/// The name of gcloud's active configuration, where it has none yet: at its first start it would
/// make that configuration anew, and empty. Source: what the real gcloud does.
record ActiveConfigSwitch(Map<String, String> env) implements Switch {
  static final String NAME = "active-config";

  /// Whether gcloud was never started here, and goes by no variable.
  boolean isNeeded() {
    return env.getOrDefault(GcloudSettings.ACTIVE_VARIABLE, "").isEmpty()
        && !Files.exists(Home.of(env).activeConfig());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public FileChange on(String account) throws IOException {
    return FileChange.of(Home.of(env).activeConfig(), GcloudSettings.DEFAULT.getBytes(UTF_8));
  }

  @Override
  public Optional<byte[]> without(String account, byte[] now, Optional<byte[]> before) {
    return Optional.empty();
  }
}
