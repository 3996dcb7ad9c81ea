package dev.kleos.iam.cli;

import dev.kleos.iam.report.Escape;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;

/// The version of what runs: the distribution's, which is a module. With `-v` also how it starts.
///
/// @param spec the command that is asked for it
record Version(CommandSpec spec) implements IVersionProvider {
  private static final String CACHE = "-XX:AOTCache=";

  /// The number alone.
  static String number() {
    var module = RootCommand.class.getModule();
    return module.isNamed() ? module.getDescriptor().rawVersion().orElse("") : "(unpackaged)";
  }

  @Override
  public String[] getVersion() {
    var first = "kleos-iam " + number() + ", Java " + Runtime.version();
    return isVerbose() ? new String[] {first, start()} : new String[] {first};
  }

  private boolean isVerbose() {
    return spec.commandLine().getParseResult().hasMatchedOption("-v");
  }

  /// A JVM that does not take the cache that it was given shares no classes at all, and says so in
  /// `java.vm.info` (`sharing`).
  private static String start() {
    var cache = cache();
    if (cache.isEmpty()) {
      return "start-up cache: none, so every command starts more slowly";
    }
    var file = Escape.brief(cache.get());
    return System.getProperty("java.vm.info", "").contains("sharing")
        ? "start-up cache: " + file
        : "start-up cache: "
            + file
            + " does not fit, so every command starts more slowly; install kleos-iam anew";
  }

  private static Optional<String> cache() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith(CACHE))
        .map(argument -> argument.substring(CACHE.length()))
        .findFirst();
  }
}
