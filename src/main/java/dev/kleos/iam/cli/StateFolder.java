package dev.kleos.iam.cli;

import dev.kleos.iam.disk.LocalDisk;
import dev.kleos.iam.record.Runs;
import dev.kleos.iam.session.LastingImpersonation;
import java.nio.file.Path;
import java.util.Map;

/// The user's own folder for what should stay between runs, and is no setting. Source: the XDG Base
/// Directory Specification.
final class StateFolder {
  static final String VARIABLE = "XDG_STATE_HOME";

  private StateFolder() {}

  /// The runs that are written down there.
  static Runs runs(Surroundings surroundings) {
    return new Runs(new LocalDisk(), of(surroundings.env()));
  }

  /// What is written down there of an impersonation that is on.
  static LastingImpersonation impersonation(Map<String, String> env) {
    return new LastingImpersonation(env, of(env).resolve("impersonation"));
  }

  /// Where that is, whether or not it is there. A relative path counts for none.
  static Path of(Map<String, String> env) {
    var named = env.getOrDefault(VARIABLE, "");
    if (Path.of(named).isAbsolute()) {
      return Path.of(named, "kleos-iam");
    }
    var home = env.getOrDefault("HOME", "");
    return Path.of(home.isEmpty() ? System.getProperty("user.home", "") : home)
        .resolve(Path.of(".local", "state", "kleos-iam"));
  }
}
