package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kleos.iam.emulator.AccessTokens;
import dev.kleos.iam.emulator.World;
import dev.kleos.iam.google.CredentialFiles;
import dev.kleos.iam.google.GoogleOnLoopback;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A secret in every place where one can stand is seen nowhere: not in what is printed, not in a
/// file, whatever the command, and whatever goes wrong. (Arguments of processes have none, since
/// none is started: `ArchitectureTest`.)
class CanaryTest {
  private static final String CANARY = "canary5ecret";
  private static final String ALICE = "alice@example.com";
  private static final String ROBOT = "robot@kleos-demo.iam.gserviceaccount.com";
  private static final String INVOKER = "kleos-invoker@kleos-demo.iam.gserviceaccount.com";
  private static final String PLAN =
      """
      version: 1
      project: kleos-demo
      region: us-central1
      serviceAccounts:
        kleos-invoker: {users: [user:alice@example.com]}
      services:
        kleos-service: {invokers: [kleos-invoker]}
      """;

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("plan"),
          List.of("apply", "--yes"),
          List.of("drift"),
          List.of("grant", "bob@example.com", "--yes"),
          List.of("revoke", "bob@example.com", "--yes"),
          List.of("doctor"),
          List.of("invoke", "kleos-service"),
          List.of("token"));

  private static final List<List<String>> MANNERS =
      List.of(List.of(), List.of("-v"), List.of("-o", "json"));

  @TempDir private Path home = Path.of("");
  @TempDir private Path work = Path.of("");

  /// Every place with every failure; of the commands a few each time, so that each of them meets
  /// every place, every failure and every manner of speaking.
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("placesAndFailures")
  void noSecret_isSeenAnywhere(Place place, Mishap mishap, int turn) throws IOException {
    try (var google = GoogleOnLoopback.start(World.demo(), home)) {
      google.emulator().world().ensureAccount("kleos-demo", ROBOT);
      google.emulator().world().ensureAccount("kleos-demo", INVOKER);
      google.grant("roles/run.invoker", INVOKER);
      for (var admin : List.of(ALICE, ROBOT)) {
        google.own(admin);
        google.grant("roles/iam.serviceAccountTokenCreator", admin);
      }
      google.logIn(ALICE);
      var env = place.plant(google);
      mishap.happen(google, env);
      var planted = files();
      for (var i = 0; i < 3; i++) {
        Files.writeString(work.resolve("kleos-iam.yaml"), PLAN);
        var command = new ArrayList<>(COMMANDS.get((turn + i * 3) % COMMANDS.size()));
        command.addAll(MANNERS.get((turn + i) % MANNERS.size()));
        command.addAll(List.of("--timeout", "1s"));

        var printed = run(env, command);

        assertThat(printed).as(String.join(" ", command)).doesNotContain(CANARY);
        assertThat(printed).doesNotContain(CredentialFiles.SECRETS);
        assertThat(printed).doesNotContain("this is a bug");
        if (!command.contains("token")) {
          assertThat(printed).doesNotContain(AccessTokens.PREFIX);
        }
      }
      if (mishap == Mishap.NONE && place.isWay()) {
        assertThat(google.emulator().calls().all()).isNotEmpty();
      }
      for (var file : files().entrySet()) {
        if (!file.getValue().equals(planted.get(file.getKey()))) {
          assertThat(file.getValue()).as(file.getKey().toString()).doesNotContain(CANARY);
        }
      }
    }
  }

  static Stream<Arguments> placesAndFailures() {
    var all = new ArrayList<Arguments>();
    for (var place : Place.values()) {
      for (var mishap : Mishap.values()) {
        all.add(Arguments.of(place, mishap, all.size()));
      }
    }
    return all.stream();
  }

  /// The JDK is told in time to give the proxy its password, and shows it to nobody.
  @Test
  void aProcessOfItsOwn_getsThroughAProxyThatWantsALogin() throws Exception {
    Files.writeString(work.resolve("kleos-iam.yaml"), PLAN);
    try (var google = GoogleOnLoopback.start(World.demo(), home)) {
      google.own(ALICE);
      google.logIn(ALICE);
      google.demandLogin("user", CANARY);
      var builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.kleos.iam.Main",
                  "plan",
                  "-v")
              .directory(work.toFile())
              .redirectErrorStream(true);
      builder.environment().clear();
      builder
          .environment()
          .putAll(google.env("https_proxy", "http://user:" + CANARY + "@" + google.proxy()));
      var process = builder.start();
      try {
        var printed = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor(30, SECONDS)).isTrue();
        assertThat(printed).startsWith("Project kleos-demo on Google Cloud as " + ALICE);
        assertThat(printed).contains("API call").doesNotContain(CANARY);
        assertThat(process.exitValue()).isZero();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private String run(Map<String, String> env, List<String> command) {
    var out = new Printed();
    var stream = new PrintStream(out, true, UTF_8);
    CommandLines.run(
        new Surroundings(
            InputStream.nullInputStream(),
            stream,
            stream,
            env,
            work,
            Surroundings.Terminals.NONE,
            InstantSource.system(),
            new LocalClouds(),
            Unattended.NO_PROGRAMS),
        command.toArray(String[]::new));
    return out.text();
  }

  private Map<Path, String> files() throws IOException {
    var found = new LinkedHashMap<Path, String>();
    for (var folder : List.of(home, work)) {
      try (var files = Files.walk(folder)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          found.put(file, Files.readString(file, ISO_8859_1));
        }
      }
    }
    return found;
  }

  /// Where a secret stands.
  enum Place {
    CLIENT_SECRET_OF_A_LOGIN {
      @Override
      Map<String, String> plant(GoogleOnLoopback google) {
        google.write(login());
        return google.env();
      }
    },
    KEY_OF_A_SERVICE_ACCOUNT {
      @Override
      Map<String, String> plant(GoogleOnLoopback google) {
        google.write(CredentialFiles.key(ROBOT));
        return google.env();
      }
    },
    SOURCE_OF_AN_IMPERSONATION {
      @Override
      Map<String, String> plant(GoogleOnLoopback google) {
        google.write(CredentialFiles.impersonating(ROBOT, "[]", login()));
        return google.env();
      }
    },
    TOKEN_FROM_ELSEWHERE {
      @Override
      Map<String, String> plant(GoogleOnLoopback google) {
        var token = google.configure("e30.eyJzdWIiOiJjaSJ9." + CANARY);
        google.write(
            """
            {"type": "external_account", "client_secret": "%s",
             "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
             "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
             "token_url": "https://sts.googleapis.com/v1/token",
             "credential_source": {"file": "%s"}}
            """
                .formatted(CANARY, token));
        return google.env();
      }
    },
    LOGIN_OF_A_WORKFORCE {
      @Override
      Map<String, String> plant(GoogleOnLoopback google) {
        google.write(
            CredentialFiles.workforceLogin().replace("canary-refresh", "canary-refresh" + CANARY));
        return google.env();
      }
    },
    GCLOUDS_CONFIGURATION {
      @Override
      Map<String, String> plant(GoogleOnLoopback google) {
        var at = google.proxy().split(":", 2);
        google.configure(
            """
            [core]
            account = alice@example.com
            [proxy]
            type = http
            address = %s
            port = %s
            username = user
            password = %s
            """
                .formatted(at[0], at[1], CANARY));
        google.demandLogin("user", CANARY);
        return google.without("https_proxy");
      }
    },
    PASSWORD_OF_THE_PROXY {
      @Override
      Map<String, String> plant(GoogleOnLoopback google) {
        google.demandLogin("user", CANARY);
        return google.env("https_proxy", "http://user:" + CANARY + "@" + google.proxy());
      }
    },
    OTHER_VARIABLES {
      @Override
      Map<String, String> plant(GoogleOnLoopback google) {
        var env = google.env("CLOUDSDK_AUTH_ACCESS_TOKEN", CANARY);
        env.put("CLOUDSDK_PROXY_PASSWORD", CANARY);
        env.put("GOOGLE_OAUTH_ACCESS_TOKEN", CANARY);
        return env;
      }
    },
    TOKEN_FOR_AN_EMULATOR {
      @Override
      Map<String, String> plant(GoogleOnLoopback google) {
        var env = google.env("KLEOS_IAM_EMULATOR_TOKEN", "ya29." + CANARY);
        env.put("KLEOS_IAM_EMULATOR_HOST", google.server().host());
        return env;
      }
    };

    /// Whether Google is reached in spite of it.
    boolean isWay() {
      return this != LOGIN_OF_A_WORKFORCE && this != TOKEN_FOR_AN_EMULATOR;
    }

    /// Plants it, beside a login of Alice's.
    abstract Map<String, String> plant(GoogleOnLoopback google);

    private static String login() {
      return GoogleOnLoopback.login(ALICE, ALICE, "kleos-demo").replace("\"loopback\"", quoted());
    }

    private static String quoted() {
      return '"' + CANARY + '"';
    }
  }

  /// What goes wrong.
  enum Mishap {
    NONE {
      @Override
      void happen(GoogleOnLoopback google, Map<String, String> env) {
        // All is well.
      }
    },
    FILE_DAMAGED {
      @Override
      void happen(GoogleOnLoopback google, Map<String, String> env) {
        google.write("{\"refresh_token\": \"" + CANARY + "\", " + CANARY);
      }
    },
    VALUE_DAMAGED {
      @Override
      void happen(GoogleOnLoopback google, Map<String, String> env) {
        google.write(
            CredentialFiles.key(ROBOT).replaceFirst("(BEGIN PRIVATE KEY-----)", "$1" + CANARY));
      }
    },
    ADDRESS_OF_SOMEBODY_ELSE {
      @Override
      void happen(GoogleOnLoopback google, Map<String, String> env) {
        google.write(
            GoogleOnLoopback.login(ALICE, CANARY, "")
                .replace("{\n", "{\"token_uri\": \"https://a:" + CANARY + "@evil.example/\",\n"));
      }
    },
    LOGIN_REVOKED {
      @Override
      void happen(GoogleOnLoopback google, Map<String, String> env) {
        google.write(GoogleOnLoopback.login(ALICE, CANARY, ""));
      }
    },
    PROXY_DEMANDS_A_LOGIN {
      @Override
      void happen(GoogleOnLoopback google, Map<String, String> env) {
        google.demandLogin("user", "other");
      }
    },
    PROXY_MISSPELLED {
      @Override
      void happen(GoogleOnLoopback google, Map<String, String> env) {
        env.put("https_proxy", "http://user:" + CANARY + "@127.0.0.1");
      }
    },
    PROXY_AWAY {
      @Override
      void happen(GoogleOnLoopback google, Map<String, String> env) {
        env.put("https_proxy", "http://user:" + CANARY + "@127.0.0.1:1");
      }
    },
    AUTHORITY_UNKNOWN {
      @Override
      void happen(GoogleOnLoopback google, Map<String, String> env) {
        env.remove("SSL_CERT_FILE");
      }
    },
    CALLER_UNKNOWN {
      @Override
      void happen(GoogleOnLoopback google, Map<String, String> env) {
        google
            .emulator()
            .onCall(_ -> {
              throw Status.UNAUTHENTICATED.withDescription("No such caller.").asRuntimeException();
            });
      }
    },
    CALLER_REFUSED {
      @Override
      void happen(GoogleOnLoopback google, Map<String, String> env) {
        google
            .emulator()
            .onCall(_ -> {
              throw Status.PERMISSION_DENIED.withDescription("No.").asRuntimeException();
            });
      }
    };

    abstract void happen(GoogleOnLoopback google, Map<String, String> env);
  }
}
