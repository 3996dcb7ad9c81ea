import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/// `kleos-iam emulator` in a process of its own.
record Running(Process process, String url, HttpClient client) implements AutoCloseable {
  private static final String FIRST_LINE = "kleos-iam emulator listening on ";

  /// Returns when it says that it listens.
  static Running start(String launcher, List<String> options) throws IOException {
    var command = new ArrayList<>(List.of(launcher, "emulator", "--port", "0"));
    command.addAll(options);
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    var line = String.valueOf(process.inputReader().readLine());
    if (!line.startsWith(FIRST_LINE)) {
      Jdk.end(process);
      throw new IOException(String.join(" ", command) + " said: " + line);
    }
    return new Running(process, line.substring(FIRST_LINE.length()), HttpClient.newHttpClient());
  }

  void post(String path, String body) throws IOException, InterruptedException {
    send(at(path).POST(BodyPublishers.ofString(body)).build());
  }

  String get(String path) throws IOException, InterruptedException {
    return send(at(path).build());
  }

  void delete(String path) throws IOException, InterruptedException {
    send(at(path).DELETE().build());
  }

  /// How many calls there were since it started, or since they were forgotten.
  int calls() throws IOException, InterruptedException {
    return get("/_emulator/requests").split("\"method\"", -1).length - 1;
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(url + path));
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    var answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() {
    client.close();
    Jdk.end(process);
  }
}
