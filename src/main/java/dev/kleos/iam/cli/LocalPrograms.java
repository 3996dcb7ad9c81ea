package dev.kleos.iam.cli;

import dev.kleos.iam.cli.Surroundings.Terminals;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The programs of this machine: the only place where a process is started. Signals that this
/// process gets are passed on, so that whoever stops it stops the program.
public final class LocalPrograms implements Programs {
  /// All that would end this process otherwise, but for QUIT, which Java does not give away.
  private static final List<String> PASSED_ON =
      List.of("INT", "TERM", "HUP", "USR1", "USR2", "ALRM");

  /// What stands before the name of a variable that the launcher has changed.
  private static final String OWN = "KLEOS_IAM_OWN_";

  /// Those that it changes.
  private static final List<String> CHANGED =
      List.of("LC_ALL", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

  /// How the JDK says which error of the system it was.
  private static final Pattern ERROR = Pattern.compile("error[=:] ?(\\d+)");

  private static final int NO_SUCH_FILE = 2;
  private static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;

  private final boolean isAtTerminal;

  public LocalPrograms(Terminals terminals) {
    this.isAtTerminal = terminals.in() || terminals.out() || terminals.err();
  }

  @Override
  public int run(List<String> command, Map<String, String> env, Path directory)
      throws InterruptedException {
    var builder = new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
    builder.environment().clear();
    builder.environment().putAll(given(env));
    return run(builder);
  }

  /// The variables as they were before the launcher changed some for our own Java; an empty one
  /// counts for none.
  static Map<String, String> given(Map<String, String> env) {
    var given = new HashMap<>(env);
    for (var name : CHANGED) {
      var before = given.remove(OWN + name);
      if (before != null && before.isEmpty()) {
        given.remove(name);
      } else if (before != null) {
        given.put(name, before);
      }
    }
    return given;
  }

  private int run(ProcessBuilder builder) throws InterruptedException {
    var passing = new Passing(isAtTerminal);
    try (var _ = new Signals(PASSED_ON, passing::pass)) {
      var process = start(builder);
      passing.to(process);
      return process.waitFor();
    }
  }

  /// Starts it.
  ///
  /// @throws NotStartedException where it cannot be
  public static Process start(ProcessBuilder builder) {
    var program = builder.command().getFirst();
    try {
      return builder.start();
    } catch (IOException e) {
      var found = ERROR.matcher(Objects.toString(e.getMessage()));
      var error = found.find() ? Integer.parseInt(found.group(1)) : 0;
      throw error == NO_SUCH_FILE
          ? new NotStartedException("there is no program \"" + program + '"', NOT_FOUND, e)
          : new NotStartedException(
              "\"" + program + "\" cannot be run: " + reason(error, e), NOT_EXECUTABLE, e);
    }
  }

  private static String reason(int error, IOException e) {
    return switch (error) {
      case 8 -> "it is no program (where it is a script, its first line has to say of what)";
      case 13 -> "permission denied";
      case 7 -> "its arguments are too long";
      default -> Objects.toString(e.getMessage());
    };
  }

  /// Passes signals on, those too that came before the program was there.
  private static final class Passing {
    private final boolean isAtTerminal;
    private final List<String> early = new ArrayList<>();
    private @Nullable Process process;

    Passing(boolean isAtTerminal) {
      this.isAtTerminal = isAtTerminal;
    }

    synchronized void to(Process started) {
      process = started;
      early.forEach(signal -> send(signal, started));
      early.clear();
    }

    synchronized void pass(String signal) {
      if (process != null) {
        send(signal, process);
      } else {
        early.add(signal);
      }
    }

    private void send(String signal, Process to) {
      if (signal.equals("TERM")) {
        to.destroy();
      } else if (!signal.equals("INT") || !isFromKeyboard()) {
        signal(signal, to.pid());
      }
    }

    /// What is typed at a terminal goes to all programs there that are in the foreground, so that
    /// the program has it already. Source: proc(5), for the groups of processes.
    private boolean isFromKeyboard() {
      try {
        var stat = Files.readString(Path.of("/proc/self/stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return fields[2].equals(fields[5]);
      } catch (IOException | IndexOutOfBoundsException e) {
        return isAtTerminal;
      }
    }

    /// Java itself can send no signal but two.
    private static void signal(String name, long pid) {
      try {
        new ProcessBuilder("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", name, Long.toString(pid))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
      } catch (IOException e) {
        return; // without a shell there is nobody to send it
      }
    }
  }
}
