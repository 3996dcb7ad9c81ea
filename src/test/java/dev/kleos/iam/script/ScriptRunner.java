package dev.kleos.iam.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.kleos.iam.cli.CapturedPrograms;
import dev.kleos.iam.cli.CommandLines;
import dev.kleos.iam.cli.Surroundings;
import dev.kleos.iam.cli.Surroundings.Terminals;
import dev.kleos.iam.record.Killed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs the commands of a script in one folder, at one fixed time; `clock TIME` sets another.
///
/// `kleos-iam emulator … &` goes on in the background until `kill %1`, or until this is closed;
/// `export` holds for the commands that follow.
final class ScriptRunner implements AutoCloseable {
  private static final Instant NOW = Instant.parse("2026-12-01T09:00:00Z");
  private static final String ASSIGNMENT = "[A-Z_]+=.*";

  /// Tokens, which are never the same twice.
  private static final Pattern TOKEN =
      Pattern.compile("(eyJ|kleos-emulator\\.)[\\w-]+\\.[\\w-]+(\\.[\\w-]+)?");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  /// Digests of what holds etags, which are never the same twice.
  private static final Pattern DIGEST = Pattern.compile("\\b[0-9a-f]{64}\\b");

  private final Path folder;
  private final int columns;
  private final Map<String, String> exported = new HashMap<>(Map.of("TERM", "dumb"));
  private Instant now = NOW;
  private @Nullable RunningEmulator background;

  ScriptRunner(Path folder) {
    this(folder, 0);
  }

  /// @param columns of the terminals where results and errors go; 0 where those are none, unless
  ///   somebody types
  ScriptRunner(Path folder, int columns) {
    this.folder = folder;
    this.columns = columns;
    exported.put("HOME", folder.resolve("home").toAbsolutePath().toString());
    exported.put("XDG_STATE_HOME", folder.resolve(".state").toAbsolutePath().toString());
  }

  void write(Map<String, String> files) {
    files.forEach((name, content) -> {
      try {
        var path = folder.resolve(name);
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.writeString(path, content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  /// What the command printed, in the form of a script.
  String run(Script.Step step) throws IOException {
    var words = words(step.bare());
    var env = new HashMap<>(exported);
    while (words.getFirst().matches(ASSIGNMENT)) {
      assign(words.removeFirst(), env);
    }
    return switch (words.removeFirst()) {
      case "kleos-iam" -> {
        env.replaceAll((_, value) -> background == null ? value : background.real(value));
        words.replaceAll(word -> background == null ? word : background.real(word));
        yield words.remove("&") ? inBackground(words) : kleosIam(step, words, env);
      }
      case "export" -> {
        assign(words.getFirst(), exported);
        yield "";
      }
      case "kill" -> {
        close();
        yield "";
      }
      case "cat" ->
          words.remove("-n")
              ? numbered(Files.readString(folder.resolve(words.getFirst())))
              : Files.readString(folder.resolve(words.getFirst()));
      case "cp" -> {
        Files.writeString(
            folder.resolve(words.get(1)), Files.readString(folder.resolve(words.getFirst())));
        yield "";
      }
      case "clock" -> {
        now = Instant.parse(words.getFirst());
        yield "";
      }
      case "head" -> {
        var bytes = Files.readAllBytes(folder.resolve(words.get(2)));
        Files.write(
            folder.resolve(words.get(4)), Arrays.copyOf(bytes, Integer.parseInt(words.get(1))));
        yield "";
      }
      case "sed" -> {
        var edit = words.getFirst().split("/", -1);
        var file = folder.resolve(words.get(1));
        Files.writeString(
            folder.resolve(words.get(3)), Files.readString(file).replaceFirst(edit[1], edit[2]));
        yield "";
      }
      case "ls" ->
          PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve(words.getFirst())))
              + "\n";
      case "chmod" -> {
        Files.setPosixFilePermissions(
            folder.resolve(words.get(1)), PosixFilePermissions.fromString(words.getFirst()));
        yield "";
      }
      case "killed" -> {
        Killed.run(
            folder.resolve(".state"),
            Integer.parseInt(words.get(0)),
            Integer.parseInt(words.get(1)));
        yield "";
      }
      case "rival" -> Rival.write(folder.resolve(words.get(0)), words.get(1), words.get(2), folder);
      case "crowd" ->
          Rival.crowd(
              folder.resolve(words.get(0)),
              words.get(1),
              words.get(2),
              words.get(3),
              Integer.parseInt(words.get(4)));
      case "live" -> Rival.show(folder.resolve(words.get(0)), words.get(1));
      default -> throw new IllegalArgumentException("unknown command: " + step.command());
    };
  }

  @Override
  public void close() {
    if (background != null) {
      background.close();
    }
    background = null;
  }

  /// The lines with their numbers, so that a line with a `#` is none of the script.
  private static String numbered(String text) {
    var number = new AtomicInteger();
    return text.lines()
        .map(line -> "%2d  %s%n".formatted(number.incrementAndGet(), line).stripTrailing() + "\n")
        .collect(joining());
  }

  private static void assign(String word, Map<String, String> env) {
    var assignment = word.split("=", 2);
    env.put(assignment[0], assignment[1]);
  }

  private String inBackground(List<String> words) {
    var args = new ArrayList<>(words);
    args.addAll(List.of("--port", "0"));
    background = RunningEmulator.start(args, folder);
    return plain(background.printed());
  }

  private String kleosIam(Script.Step step, List<String> args, Map<String, String> env) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var typed = step.typed();
    InputStream meanwhile = InputStream.nullInputStream();
    if (typed != null && typed.startsWith("`")) {
      var end = typed.indexOf('`', 1);
      meanwhile = doing(typed.substring(1, end));
      typed = typed.substring(end + 1).strip();
    }
    var terminals =
        typed == null && columns == 0
            ? Terminals.NONE
            : new Terminals(typed != null, true, true, columns);
    var answer = typed == null ? "" : (typed + "\n").replace("\\n", "\n").replace("^D\n", "");
    var code =
        CommandLines.run(
            new Surroundings(
                new SequenceInputStream(
                    meanwhile, new ByteArrayInputStream(answer.getBytes(UTF_8))),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                env,
                folder,
                terminals,
                () -> now,
                new ScriptClouds(folder),
                new CapturedPrograms(out, err)),
            args.toArray(String[]::new));
    var results = out.toString(UTF_8);
    if (results.startsWith("{") && !List.of("invoke", "schema").contains(args.getFirst())) {
      assertThat(schema().validate(results, InputFormat.JSON)).as(step.command()).isEmpty();
    }
    return plain(results)
        + (err.size() == 0 ? "" : "[stderr]\n" + plain(err.toString(UTF_8)))
        + (code == 0 ? "" : "[exit " + code + "]\n");
  }

  /// An empty stream that runs a command when it is read: what happens before the answer.
  private InputStream doing(String command) {
    return new ByteArrayInputStream(new byte[0]) {
      @Override
      public synchronized int read(byte[] bytes, int from, int length) {
        try {
          ScriptRunner.this.run(new Script.Step("", command, ""));
          return -1;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private String plain(String text) {
    var line = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    var scripted = background == null ? line : background.scripted(line);
    return TOKEN
        .matcher(scripted)
        .replaceAll("$1TOKEN")
        .replaceAll("\"sub\": \"\\d{21}\"", "\"sub\": \"UNIQUE_ID\"")
        .replaceAll(DIGEST.pattern(), "SHA256")
        .replace(folder.toString(), "/somewhere")
        .replace("\u001b", "<ESC>")
        .replace("\r", "<CR>");
  }

  static Schema schema() {
    try (var in = ScriptRunner.class.getResourceAsStream("/kleos-iam-report.schema.json")) {
      assertThat(in).isNotNull();
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(new String(in.readAllBytes(), UTF_8), InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> words(String command) {
    var words = new ArrayList<String>();
    var matcher = WORD.matcher(command);
    while (matcher.find()) {
      words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    return words;
  }
}
