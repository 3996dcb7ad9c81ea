package dev.kleos.iam;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.cli.CommandLines;
import dev.kleos.iam.cli.ExitCode;
import dev.kleos.iam.cli.LocalClouds;
import dev.kleos.iam.cli.LocalPrograms;
import dev.kleos.iam.cli.Surroundings;
import dev.kleos.iam.cli.Surroundings.Terminals;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The program's entry point.
public final class Main {
  /// The launcher says in this property which of `in`, `out` and `err` are terminals; Java alone
  /// can only tell whether all are.
  private static final String TERMINALS = "kleos.iam.terminals";

  /// And in this one how many characters wide they are, which Java does not tell.
  private static final String COLUMNS = "kleos.iam.columns";

  private Main() {}

  /// Runs and exits; the only place that does.
  public static void main(String[] args) {
    var results = new Results(new FileOutputStream(FileDescriptor.out));
    var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    var code = run(new PrintStream(results, true, UTF_8), err, System.getenv(), args);
    if (results.isLost()) {
      err.println("kleos-iam: the output could not be written");
      code = code == ExitCode.DIFFERENCES || code == ExitCode.DONE ? ExitCode.FAILED : code;
    }
    System.exit(code);
  }

  /// Runs a command line on the process's own standard input and working directory.
  ///
  /// @return the exit code
  public static int run(PrintStream out, PrintStream err, Map<String, String> env, String... args) {
    var terminals = terminals(env);
    return CommandLines.run(
        new Surroundings(
            System.in,
            out,
            err,
            env,
            Path.of("").toAbsolutePath(),
            terminals,
            InstantSource.system(),
            new LocalClouds(),
            new LocalPrograms(terminals)),
        args);
  }

  private static Terminals terminals(Map<String, String> env) {
    var names = List.of(System.getProperty(TERMINALS, "").split(","));
    return new Terminals(
        names.contains("in"), names.contains("out"), names.contains("err"), columns(env));
  }

  /// The width that the user asks for, else the one that the launcher found.
  private static int columns(Map<String, String> env) {
    return Stream.of(env.getOrDefault("COLUMNS", ""), System.getProperty(COLUMNS, ""))
        .filter(text -> text.matches("[1-9]\\d{0,3}"))
        .map(Integer::valueOf)
        .findFirst()
        .orElse(0);
  }

  /// Standard output, which remembers that it lost something. A reader that has seen enough, such
  /// as `head`, is no loss.
  private static final class Results extends FilterOutputStream {
    private boolean lost;

    Results(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        lost = !"Broken pipe".equals(e.getMessage());
        throw e;
      }
    }

    boolean isLost() {
      return lost;
    }
  }
}
