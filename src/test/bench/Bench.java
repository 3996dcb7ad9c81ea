import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Measures, and prints a Markdown table: `java Bench.java LAUNCHER`.
///
/// Each row has a peer that was measured in the same run; only the ratio means something on another
/// machine. Medians.
public final class Bench {
  private static final int RUNS = 9;
  private static final int WRITES = 31;
  private static final int POLICIES = 10_000;
  private static final String FIRST_LINE = "kleos-iam emulator listening on ";

  private static final List<String> rows = new ArrayList<>();

  private Bench() {}

  public static void main(String[] args) throws Exception {
    var launcher = Path.of(args[0]).toAbsolutePath().toString();
    var folder = Files.createTempDirectory("kleos-iam-bench");
    try {
      machine();
      var jvm = hello(folder);
      var empty = starts(launcher, List.of());
      row("emulator: start until it listens", empty, "a bare JVM's hello", jvm);
      firestore().ifPresent(peer -> row("the same", empty, "Google's Firestore emulator", peer));
      memory(launcher);

      var one = state(folder.resolve("one.json"), 1);
      var many = state(folder.resolve("many.json"), POLICIES);
      row(
          "emulator: start with %,d policies, %.1f MB".formatted(POLICIES, Files.size(many) / 1e6),
          starts(launcher, List.of("--state", many.toString())),
          "with 1 policy",
          starts(launcher, List.of("--state", one.toString())));
      row(
          "emulator: a write (every write is saved) with %,d policies".formatted(POLICIES),
          writes(launcher, many),
          "with 1 policy",
          writes(launcher, one));
    } finally {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
    System.out.println("\n| work | median | peer | its median | ratio |\n|---|---|---|---|---|");
    rows.forEach(System.out::println);
  }

  private static void row(String work, double millis, String peer, double peersMillis) {
    rows.add(
        "| %s | %.0f ms | %s | %.0f ms | %.2f × |"
            .formatted(work, millis, peer, peersMillis, millis / peersMillis));
  }

  private static void machine() throws IOException {
    var cpu = Path.of("/proc/cpuinfo");
    var name = "unknown processor";
    if (Files.exists(cpu)) {
      try (var lines = Files.lines(cpu)) {
        name =
            lines
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceFirst("^[^:]*:\\s*", ""))
                .findFirst()
                .orElse(name);
      }
    }
    System.out.printf(
        "%d × %s, %s, Java %s%n",
        Runtime.getRuntime().availableProcessors(),
        name,
        System.getProperty("os.name"),
        Runtime.version());
  }

  /// A JVM with the launcher's flags that does nothing else.
  private static double hello(Path folder) throws Exception {
    var source = Files.writeString(folder.resolve("Hello.java"), """
        class Hello {
          public static void main(String[] args) {
            System.out.println("hello");
          }
        }
        """);
    var bin = Path.of(System.getProperty("java.home"), "bin");
    run(List.of(bin.resolve("javac").toString(), "-d", folder.toString(), source.toString()));
    return median(
        RUNS,
        () ->
            run(
                List.of(
                    bin.resolve("java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xshare:auto",
                    "-cp",
                    folder.toString(),
                    "Hello")));
  }

  /// From the command to the first line on standard output, which says that it listens.
  private static double starts(String launcher, List<String> options) throws Exception {
    var times = new double[RUNS];
    for (var i = -1; i < RUNS; i++) {
      var start = System.nanoTime();
      try (var _ = Running.start(launcher, options)) {
        times[Math.max(i, 0)] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(times);
    return times[RUNS / 2];
  }

  private static void memory(String launcher) throws Exception {
    try (var emulator = Running.start(launcher, List.of())) {
      var idle = emulator.peak();
      for (var path : List.of("/v1/projects/kleos-demo", "/v2/projects/kleos-demo/locations/us-central1/services/kleos-service")) {
        emulator.send("GET", path, "");
      }
      rows.add(
          "| emulator: peak memory, listening | %s | after a REST call of each kind | %s | |"
              .formatted(idle, emulator.peak()));
    }
  }

  private static double writes(String launcher, Path state) throws Exception {
    try (var emulator = Running.start(launcher, List.of("--state", state.toString()))) {
      var number = new int[1];
      return median(
          WRITES,
          () ->
              emulator.send(
                  "POST",
                  "/v1/projects/kleos-demo:setIamPolicy",
                  "{\"policy\": {\"bindings\": [{\"role\": \"roles/run.viewer\", \"members\": [\"user:u"
                      + number[0]++
                      + "@example.com\"]}]}}"));
    }
  }

  /// Google's own emulator of another API, where gcloud has brought it; started as gcloud does.
  private static Optional<Double> firestore() {
    return Stream.of("/usr/lib/google-cloud-sdk", "/usr/share/google-cloud-sdk", "/opt/google-cloud-sdk")
        .map(home -> Path.of(home, "platform/cloud-firestore-emulator/cloud-firestore-emulator.jar"))
        .filter(Files::exists)
        .findFirst()
        .map(jar -> median(3, () -> firestore(jar)));
  }

  private static void firestore(Path jar) throws Exception {
    var port = freePort();
    var process =
        new ProcessBuilder(
                "java", "-jar", jar.toString(), "--host", "127.0.0.1", "--port", "" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      while (true) {
        try (var socket = new Socket()) {
          socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
          return;
        } catch (IOException e) {
          if (!process.isAlive()) {
            throw new IOException("Google's Firestore emulator ended by itself", e);
          }
          Thread.sleep(5);
        }
      }
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// A world of accounts, each with a policy of five members.
  private static Path state(Path file, int policies) throws IOException {
    var accounts =
        IntStream.range(0, policies)
            .mapToObj(i ->
                "    \"%d\": {\"project\": \"kleos-demo\", \"email\": \"account-%d@kleos-demo.iam.gserviceaccount.com\"}"
                    .formatted(100_000_000_000_000L + i, i))
            .collect(joining(",\n"));
    var all =
        IntStream.range(0, policies)
            .mapToObj(i ->
                "    \"projects/kleos-demo/serviceAccounts/%d\": {\"bindings\": [{\"role\": \"roles/iam.serviceAccountUser\", \"members\": [%s]}]}"
                    .formatted(
                        100_000_000_000_000L + i,
                        IntStream.range(0, 5)
                            .mapToObj("\"user:somebody-%d@example.com\""::formatted)
                            .collect(joining(", "))))
            .collect(joining(",\n"));
    return Files.writeString(file, """
        {
          "kleosIamEmulator": 1,
          "projects": {"kleos-demo": {"number": "123456789012"}},
          "serviceAccounts": {
        %s
          },
          "policies": {
        %s
          }
        }
        """.formatted(accounts, all));
  }

  /// In milliseconds, after a run that does not count.
  private static double median(int runs, Work work) {
    try {
      work.run();
      var times = new double[runs];
      for (var i = 0; i < runs; i++) {
        var start = System.nanoTime();
        work.run();
        times[i] = (System.nanoTime() - start) / 1e6;
      }
      Arrays.sort(times);
      return times[runs / 2];
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(List<String> command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + output);
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  /// An emulator in a process of its own.
  private record Running(Process process, String url, HttpClient client) implements AutoCloseable {
    static Running start(String launcher, List<String> options) throws IOException {
      var command = new ArrayList<>(List.of(launcher, "emulator", "--port", "0"));
      command.addAll(options);
      var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader lines = process.inputReader();
      var line = String.valueOf(lines.readLine());
      if (!line.startsWith(FIRST_LINE)) {
        process.destroy();
        throw new IOException("the emulator said: " + line);
      }
      return new Running(process, line.substring(FIRST_LINE.length()), HttpClient.newHttpClient());
    }

    void send(String verb, String path, String body) throws IOException, InterruptedException {
      var request =
          HttpRequest.newBuilder(URI.create(url + path))
              .method(verb, BodyPublishers.ofString(body))
              .build();
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(answer.body());
      }
    }

    /// The most memory that the process has had so far, where the system tells.
    String peak() throws IOException {
      var status = Path.of("/proc", String.valueOf(process.pid()), "status");
      if (!Files.exists(status)) {
        return "unknown";
      }
      try (var lines = Files.lines(status)) {
        return lines
            .filter(line -> line.startsWith("VmHWM:"))
            .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MiB")
            .findFirst()
            .orElse("unknown");
      }
    }

    @Override
    public void close() throws IOException {
      client.close();
      process.destroy();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
