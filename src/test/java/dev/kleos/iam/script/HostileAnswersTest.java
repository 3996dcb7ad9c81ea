package dev.kleos.iam.script;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.kleos.iam.emulator.CallHook;
import dev.kleos.iam.script.HostileGoogle.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever Google answers, in whatever field: the terminal, the pipeline's log and the reader of
/// the JSON get text, and the JSON has all of it. Everything passes through Google's own client
/// libraries.
class HostileAnswersTest {
  private static final Map<String, List<String>> COMMANDS =
      Map.of(
          "plan", List.of("plan"),
          "drift", List.of("drift"),
          "apply", List.of("apply", "--yes", "--prune"),
          "grant", List.of("grant", "dora@example.com", "--yes"),
          "revoke", List.of("revoke", "bob@example.com", "--yes"));

  @TempDir private Path folder = Path.of("");

  @Test
  void thereAreFiftyTexts_allDifferent() {
    assertThat(HostileTexts.all()).hasSize(50).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void inAnyFieldOfAnAnswer_theyDoNothing(HostileField field) throws IOException {
    for (var command : field.commands()) {
      var told = field.isTold(command) ? HostileTexts.all() : List.<String>of();
      run(command, field.plan(), _ -> {}, field::forge, told);
    }
  }

  @ParameterizedTest
  @EnumSource
  void inAnyFieldOfAnErrorOfARead_theyDoNothing(HostileError error) throws IOException {
    var told = error.isTold() ? inMessages() : List.<String>of();
    var hook = throwing(error, "GetIamPolicy", "GetProject", "ListServiceAccounts");
    for (var command : List.of("plan", "drift", "apply")) {
      run(command, Plan.SERVICES, hook, (_, answer) -> answer, told);
    }
    run("plan", Plan.PROJECTS, hook, (_, answer) -> answer, told);
    run("revoke", Plan.SERVICES, hook, (_, answer) -> answer, List.of());
    run("grant", Plan.NONE, hook, (_, answer) -> answer, List.of());
  }

  @ParameterizedTest
  @EnumSource
  void inAnyFieldOfAnErrorOfAWrite_theyDoNothing(HostileError error) throws IOException {
    var told = error.isTold() ? inMessages() : List.<String>of();
    var hook = throwing(error, "SetIamPolicy");

    run("apply", Plan.SERVICES, hook, (_, answer) -> answer, told);
    run("grant", Plan.ONE, hook, (_, answer) -> answer, List.of());
    run("revoke", Plan.ONE, hook, (_, answer) -> answer, List.of());
  }

  private static CallHook throwing(HostileError error, String... methods) {
    return call -> {
      for (var method : methods) {
        if (call.is(method)) {
          throw error.with(HostileTexts.of(call.resource()));
        }
      }
    };
  }

  /// Runs the command in every way in which it speaks, and looks at what it says.
  ///
  /// @param told what the JSON has to repeat
  private void run(
      String command,
      Plan plan,
      CallHook hook,
      BiFunction<String, Message, Message> forgery,
      List<String> told)
      throws IOException {
    var google = new HostileGoogle(folder, hook, forgery);
    Harmless.assertText(google.run(plan, words(command, plan, "--color=always", "-v")));
    Harmless.assertText(google.run(plan, words(command, plan, "--color=never")));
    var json = google.run(plan, words(command, plan, "-o", "json"));
    if (json.startsWith("kleos-iam: ")) {
      Harmless.assertText(json); // The command line is at fault, and is told so in any case.
      return;
    }
    var texts = Harmless.assertJson(json);
    for (var i = 0; i < told.size(); i++) {
      var text = told.get(i);
      assertThat(texts.contains(text) || texts.stream().anyMatch(it -> it.contains(text)))
          .as("%s -o json has the text that %s", command, HostileTexts.names().get(i))
          .isTrue();
    }
  }

  private static List<String> words(String command, Plan plan, String... how) {
    var words = new ArrayList<>(COMMANDS.getOrDefault(command, List.of()));
    if (command.equals("grant") && plan == Plan.ONE) {
      words.addAll(List.of("--service", "kleos-service"));
    }
    words.addAll(List.of(how));
    return words;
  }

  /// Messages are told on one line.
  private static List<String> inMessages() {
    return HostileTexts.all().stream()
        .map(text -> text.lines().map(String::strip).collect(joining(" ")))
        .toList();
  }
}
