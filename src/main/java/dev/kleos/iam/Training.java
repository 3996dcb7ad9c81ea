package dev.kleos.iam;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Many command lines in one process: all that they load goes into the start-up cache, which is
/// made of a single process (JEP 514). Runs when the distribution is built, and never again.
final class Training {
  private Training() {}

  /// Runs a file of lines such as `64 NAME=value kleos-iam plam`: the exit code that is expected,
  /// variables, the command.
  ///
  /// @param args the file
  /// @throws IllegalStateException where a command ends otherwise: what was trained is not what was
  ///   meant
  public static void main(String[] args) throws IOException {
    for (var line : Files.readAllLines(Path.of(args[0]))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        run(List.of(line.strip().split(" +")));
      }
    }
  }

  private static void run(List<String> words) {
    var rest = new ArrayDeque<>(words);
    var expected = Integer.parseInt(rest.remove());
    var env = new HashMap<>(System.getenv());
    while (!rest.getFirst().equals("kleos-iam")) {
      var variable = rest.remove().split("=", 2);
      env.put(variable[0], variable[1]);
    }
    rest.remove();
    System.out.println("$ " + String.join(" ", words));
    var code = run(env, rest);
    if (code != expected) {
      throw new IllegalStateException("exit code " + code + ", not " + expected + ": " + words);
    }
  }

  private static int run(Map<String, String> env, Collection<String> command) {
    return Main.run(
        new PrintStream(System.out, true, UTF_8),
        new PrintStream(System.err, true, UTF_8),
        env,
        command.toArray(String[]::new));
  }
}
