package dev.kleos.iam.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// The version of the jar that runs.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    var version = RootCommand.class.getPackage().getImplementationVersion();
    return new String[] {
      "kleos-iam "
          + Objects.requireNonNullElse(version, "(unpackaged)")
          + ", Java "
          + Runtime.version()
    };
  }
}
