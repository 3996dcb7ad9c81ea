package dev.kleos.iam.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kleos.iam.google.CredentialFiles;
import dev.kleos.iam.google.GoogleOnLoopback;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `exec` by the launcher, with programs and signals as they are.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExecTest {
  private static final String ACCOUNT = "kleos-invoker@kleos-demo.iam.gserviceaccount.com";

  /// Tells which file it has, and waits to be told to stop.
  private static final String WAITS =
      """
      trap 'echo got INT; exit 3' INT
      trap 'echo got TERM; exit 4' TERM
      trap 'echo got HUP; exit 5' HUP
      trap 'echo got USR1; exit 6' USR1
      echo $GOOGLE_APPLICATION_CREDENTIALS
      while :; do sleep 0.05; done
      """;

  @TempDir private Path root = Path.of("");
  private final Map<String, String> env = new HashMap<>();

  @BeforeEach
  void logIn() throws IOException {
    env.put("HOME", root.resolve("home").toString());
    env.put("XDG_STATE_HOME", root.resolve("state").toString());
    env.put("XDG_RUNTIME_DIR", "");
    CredentialFiles.write(
        root.resolve("home/.config/gcloud/application_default_credentials.json"),
        GoogleOnLoopback.login("alice@example.com", "alice@example.com", "kleos-demo"));
  }

  @ParameterizedTest
  @CsvSource({"exit 0, 0", "exit 2, 2", "exit 65, 65", "exit 255, 255", "kill -9 $$, 137"})
  void theExitCode_isTheProgramsOwn(String program, int code) throws Exception {
    assertThat(exec("sh", "-c", program)).isEqualTo(new Installed.Answer(code, ""));
    nothingIsLeft();
  }

  @Test
  void theStreams_areTheProgramsOwn() throws Exception {
    var line =
        "printf 'a\\nb' | '%s' exec --account %s -- sh -c 'cat; echo err >&2' 2>&1 >out; printf x; cat out"
            .formatted(installed().launcher(), ACCOUNT);

    assertThat(installed().run(env, "sh", "-c", line).output()).isEqualTo("err\nxa\nb");
  }

  /// What our own Java must not see, another may need.
  @Test
  void theVariables_areThoseOfTheUser() throws Exception {
    env.put("JAVA_TOOL_OPTIONS", "-Dx=a b 'c' $d");
    env.put("CLASSPATH", "lib/*");
    env.put("LC_ALL", "C");

    var answer = exec("sh", "-c", "echo \"$JAVA_TOOL_OPTIONS|$CLASSPATH|$LC_ALL\"; env");

    assertThat(answer.output())
        .startsWith("-Dx=a b 'c' $d|lib/*|C\n")
        .doesNotContain("KLEOS_IAM_OWN_", "JDK_JAVA_OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP", "USR1"})
  void aSignal_isPassedOn_andTheFileGoes(String signal) throws Exception {
    var running = start(WAITS);
    var file = Path.of(running.line());
    assertThat(file).isRegularFile();

    running.signal(signal);

    assertThat(running.line()).isEqualTo("got " + signal);
    assertThat(running.exitCode())
        .isEqualTo(Map.of("INT", 3, "TERM", 4, "HUP", 5, "USR1", 6).get(signal));
    assertThat(file).doesNotExist();
    nothingIsLeft();
  }

  /// Java would print where all its threads are, among the program's results.
  @Test
  void atQuit_nothingOfOurs_isPrinted() throws Exception {
    var running = start(WAITS);
    assertThat(Path.of(running.line())).isRegularFile();

    running.signal("QUIT");
    Thread.sleep(300);
    running.signal("TERM");

    assertThat(running.line()).isEqualTo("got TERM");
    assertThat(running.exitCode()).isEqualTo(4);
  }

  /// A terminal sends Ctrl-C to all programs in the foreground at once.
  @Test
  void atCtrlC_theFileGoes_andTheProgramHearsOfItOnce() throws Exception {
    assumeTrue(installed().run(Map.of(), "sh", "-c", "command -v script").code() == 0);
    var program =
        "trap \"echo heard >>heard\" INT; echo $GOOGLE_APPLICATION_CREDENTIALS >file; sleep 2; sleep 1;"
            + " exit 6";
    var line =
        "exec '%s' exec --account %s -- sh -c '%s'"
            .formatted(installed().launcher(), ACCOUNT, program);
    var terminal =
        installed()
            .builder(env, "script", "-qec", line, "/dev/null")
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("screen").toFile())
            .start();
    try (var keyboard = terminal.outputWriter(UTF_8)) {
      while (!Files.exists(root.resolve("file")) || Files.size(root.resolve("file")) == 0) {
        Thread.sleep(20);
      }
      keyboard.write('\u0003');
      keyboard.flush();
      assertThat(terminal.waitFor(20, SECONDS)).isTrue();
    }

    assertThat(terminal.exitValue()).as(Files.readString(root.resolve("screen"))).isEqualTo(6);
    assertThat(root.resolve("heard")).hasContent("heard\n");
    assertThat(Path.of(Files.readString(root.resolve("file")).strip())).doesNotExist();
    nothingIsLeft();
  }

  @Test
  void afterKill9_everyFileIsAsBefore_onceTheNextCommandHasSwept() throws Exception {
    var before = snapshot();
    var running = start("echo $GOOGLE_APPLICATION_CREDENTIALS; exec sleep 60");
    var file = Path.of(running.line());
    running.process().destroyForcibly().waitFor();
    assertThat(file).as("what a kill leaves").isRegularFile();

    var next = installed().run(env, installed().launcher(), "impersonate", "status");

    assertThat(next.code()).as(next.output()).isZero();
    assertThat(file).doesNotExist();
    nothingIsLeft();
    assertThat(snapshot()).isEqualTo(before);
    running.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void twoAtOnce_haveAFileEach_andNeitherSweepsTheOthers() throws Exception {
    var first = start(WAITS);
    var file = Path.of(first.line());

    var second = exec("sh", "-c", "echo $GOOGLE_APPLICATION_CREDENTIALS");

    assertThat(second.output().strip()).isNotEqualTo(file.toString());
    assertThat(file).isRegularFile();
    first.signal("TERM");
    assertThat(first.exitCode()).isEqualTo(4);
    nothingIsLeft();
  }

  @Test
  void inAFolderThatCannotBeWritten_nothingIsRun_andItIsSaidWhereAndWhatToDo() throws Exception {
    Files.writeString(root.resolve("state"), "a file in the way");

    var answer = exec("echo", "ran");

    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.output())
        .contains("state/kleos-iam/exec cannot be written")
        .contains("XDG_STATE_HOME")
        .doesNotContain("ran");
  }

  private Installed.Answer exec(String... program) throws Exception {
    var command = new String[program.length + 5];
    command[0] = installed().launcher();
    command[1] = "exec";
    command[2] = "--account";
    command[3] = ACCOUNT;
    command[4] = "--";
    System.arraycopy(program, 0, command, 5, program.length);
    return installed().run(env, command);
  }

  /// In a group of its own, as a shell starts what is typed.
  private Running start(String program) throws IOException {
    var builder =
        installed()
            .builder(
                env,
                "setsid",
                installed().launcher(),
                "exec",
                "--account",
                ACCOUNT,
                "--",
                "sh",
                "-c",
                program)
            .redirectErrorStream(true);
    var process = builder.start();
    return new Running(
        process, new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)));
  }

  private record Running(Process process, BufferedReader out) {
    String line() throws IOException {
      return String.valueOf(out.readLine());
    }

    void signal(String name) throws Exception {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    int exitCode() throws InterruptedException {
      assertThat(process.waitFor(20, SECONDS)).isTrue();
      return process.exitValue();
    }

    Stream<ProcessHandle> descendants() {
      return ProcessHandle.allProcesses()
          .filter(
              it -> it.info().commandLine().filter(line -> line.equals("sleep 60")).isPresent());
    }
  }

  private Installed installed() throws IOException {
    return Installed.in(root);
  }

  private void nothingIsLeft() throws IOException {
    try (var files = Files.list(root.resolve("state/kleos-iam/exec"))) {
      assertThat(files).isEmpty();
    }
  }

  private Map<String, String> snapshot() throws IOException {
    var all = new TreeMap<String, String>();
    try (var files = Files.walk(root.resolve("home"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        all.put(file.toString(), Files.readString(file));
      }
    }
    return all;
  }
}
