package dev.kleos.iam.conformance;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import dev.kleos.iam.google.GoogleOnLoopback;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program that calls Google by a login that it finds by itself: reads services of Cloud Run, and
/// fails where it may not.
enum ClientProgram {
  GCLOUD {
    @Override
    void assumeInstalled() {
      assumeOnPath("gcloud");
    }

    @Override
    void logIn(String email, Workplace at) throws IOException, InterruptedException {
      at.logInGcloud(email);
    }

    @Override
    List<String> command(Path folder, List<String> java, String url) {
      return List.of("gcloud", "--format=json", "run", "services", "list", "--project=kleos-demo");
    }
  },

  /// google-auth-library of npm, where `src/test/sh/node-packages` has installed it.
  NODE {
    @Override
    void assumeInstalled() {
      assumeOnPath("node");
      assumeTrue(Files.exists(PACKAGES), "needs src/test/sh/node-packages to have been run");
    }

    @Override
    List<String> command(Path folder, List<String> java, String url) throws IOException {
      var script = PACKAGES.resolveSibling(SCRIPT);
      var copy =
          Files.copy(
              Path.of("src/test/node").resolve(SCRIPT), folder.resolve(SCRIPT), REPLACE_EXISTING);
      Files.move(copy, script, REPLACE_EXISTING);
      return List.of("node", script.toString(), url);
    }
  },

  /// The library that Google gives to Java.
  JAVA {
    @Override
    List<String> command(Path folder, List<String> java, String url) {
      var command =
          new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
      command.add("-Duser.home=" + folder); // it goes by no HOME
      command.addAll(java);
      command.addAll(
          List.of(
              "-cp",
              System.getProperty("java.class.path"),
              ApplicationDefault.class.getName(),
              url));
      return command;
    }
  };

  /// What an installation of the packages that came to its end leaves.
  private static final Path PACKAGES = Path.of("target/node/installed.json").toAbsolutePath();

  private static final String SCRIPT = "application-default.mjs";
  private static final String SERVICE =
      "/v2/projects/kleos-demo/locations/us-central1/services/kleos-service";

  /// Skips the test where it is not on this machine.
  void assumeInstalled() {}

  /// Logs it in, where it has a login of its own beside that of client libraries.
  void logIn(String email, Workplace at) throws IOException, InterruptedException {}

  /// @param folder for what it is made of
  /// @param java what tells Java the way
  /// @param url of the service
  abstract List<String> command(Path folder, List<String> java, String url) throws IOException;

  /// Its command line in front of Google.
  List<String> command(Path folder, GoogleOnLoopback google) throws IOException {
    return command(folder, google.javaOptions(), "https://run.googleapis.com" + SERVICE);
  }

  /// Its command line in front of an emulator.
  ///
  /// @param host and port
  List<String> command(Path folder, String host) throws IOException {
    return command(folder, List.of(), "http://" + host + SERVICE);
  }

  /// Skips the test where there is no such program on the PATH.
  static void assumeOnPath(String program) {
    var isThere =
        Splitter.on(File.pathSeparatorChar)
            .splitToStream(System.getenv().getOrDefault("PATH", ""))
            .anyMatch(entry -> Files.isExecutable(Path.of(entry).resolve(program)));
    assumeTrue(isThere, "needs " + program + " on the PATH");
  }
}
