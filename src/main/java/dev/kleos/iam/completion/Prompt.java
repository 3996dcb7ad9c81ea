package dev.kleos.iam.completion;

import static java.util.stream.Collectors.joining;

import dev.kleos.iam.completion.Completion.Around;
import dev.kleos.iam.report.Escape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// What a shell asks, and the answer in the form that its script takes it in.
///
/// The first line says what follows: `words`, or `files` for the names of files, which the shell
/// finds itself, and after a tab what is typed of the word and stays. Then each word has a line:
/// for bash as it is to be inserted, for zsh as `_describe` takes it, for fish with its description
/// behind a tab.
public final class Prompt {
  private final CommandSpec root;
  private final Around around;

  public Prompt(CommandSpec root, Around around) {
    this.root = root;
    this.around = around;
  }

  /// The answer, each line ended.
  ///
  /// @param question of bash, the line up to the cursor and the characters that break words; of the
  ///   others the words, the last one as far as it is typed
  public String answer(Shell shell, List<String> question) {
    if (shell == Shell.bash) {
      return ofBash(BashLine.parse(question.getFirst(), question.getLast()));
    }
    // What is typed may be quoted, and the quote still open.
    var typed = BashLine.parse("- " + question.getLast(), "").word();
    var answer = completion(question.subList(0, question.size() - 1)).answer(typed);
    return switch (answer) {
      case Answer.FileName(var prefix) -> heading("files", prefix);
      case Answer.Words(var prefix, var begun, var candidates) ->
          candidates.stream()
              .map(it -> line(shell, prefix, it.spelled(begun), it.description()))
              .collect(joining("", heading("words", prefix), ""));
    };
  }

  private String ofBash(BashLine line) {
    var answer =
        line.isRedirected()
            ? new Answer.FileName("")
            : completion(line.words()).answer(line.word());
    return switch (answer) {
      case Answer.FileName(var prefix) ->
          heading("files")
              + heading(line.replaced(prefix))
              + heading(line.word().substring(prefix.length()));
      case Answer.Words(var prefix, var begun, var candidates) ->
          candidates.stream()
              .map(it -> line.inserted(prefix + it.spelled(begun)))
              .flatMap(Optional::stream)
              .map(it -> it + "\n")
              .collect(joining("", heading("words"), ""));
    };
  }

  private Completion completion(List<String> words) {
    return new Completion(root, around, words);
  }

  private static String heading(String... fields) {
    return Arrays.stream(fields).map(Escape::visible).collect(joining("\t", "", "\n"));
  }

  private static String line(Shell shell, String prefix, String value, String description) {
    return shell == Shell.zsh
        ? value.replace("\\", "\\\\").replace(":", "\\:") + ":" + description + "\n"
        : prefix + value + "\t" + description + "\n";
  }
}
