package dev.kleos.iam.session;

import static java.util.stream.Collectors.joining;

import dev.kleos.iam.session.IniLines.Kind;
import dev.kleos.iam.session.IniLines.Line;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Sets or removes one option of a configuration of gcloud's, and leaves every other byte alone:
/// gcloud itself writes the whole file anew, and drops the comments.
///
/// @param name in lower case
record IniEdit(String section, String name) {
  /// The text with the option at this value. In a section that is there it stands right below the
  /// heading, where it can be in the middle of nothing.
  ///
  /// @throws BrokenSettingException where the text has two such sections or options, with which
  ///   gcloud reads none of it
  String set(String text, String value) {
    var lines = checked(text);
    var end = text.contains("\r\n") ? "\r\n" : "\n";
    var fresh = name + " = " + value + end;
    var option = first(lines, line -> line.isOption(section, name));
    if (option.isPresent()) {
      var at = option.get();
      return text(lines.subList(0, at))
          + lines.get(at).indentation()
          + fresh
          + text(lines.subList(after(lines, at), lines.size()));
    }
    var heading = first(lines, line -> line.is(Kind.HEADING, section));
    if (heading.isPresent()) {
      var below = lines.subList(heading.get() + 1, lines.size());
      return terminated(text(lines.subList(0, heading.get() + 1)), end)
          + indentation(below)
          + fresh
          + text(below);
    }
    return terminated(text, end) + "[" + section + "]" + end + fresh;
  }

  /// That of the next line of its own: were it deeper than ours, it would go on with our value.
  private static String indentation(List<Line> below) {
    return below.stream()
        .filter(line -> line.kind() != Kind.BLANK)
        .findFirst()
        .map(Line::indentation)
        .orElse("");
  }

  /// The text without the option. A section that is empty then stays, as where gcloud unsets it.
  ///
  /// @throws BrokenSettingException as above
  String remove(String text) {
    var lines = checked(text);
    return first(lines, line -> line.isOption(section, name))
        .map(at -> text(lines.subList(0, at)) + text(lines.subList(after(lines, at), lines.size())))
        .orElse(text);
  }

  private List<Line> checked(String text) {
    var lines = IniLines.of(text);
    var isOdd = lines.lines().stream().anyMatch(IniEdit::isOdd);
    if (isOdd || lines.headings(section) > 1 || lines.options(section, name) > 1) {
      throw new BrokenSettingException(
          isOdd
              ? "has a line that is no setting, so that gcloud itself cannot read it"
              : "says ["
                  + section
                  + "] or "
                  + name
                  + " twice, so that gcloud itself cannot read it",
          "Mend it, then try again.");
    }
    return lines.lines();
  }

  private static boolean isOdd(Line line) {
    return line.kind() == Kind.OTHER
        || (line.kind() == Kind.OPTION && line.section().isEmpty())
        || line.text().startsWith("\uFEFF");
  }

  /// Where the option ends: behind the last line that goes on with its value.
  private static int after(List<Line> lines, int option) {
    var end = option + 1;
    for (var i = option + 1; i < lines.size(); i++) {
      var kind = lines.get(i).kind();
      if (kind == Kind.CONTINUATION) {
        end = i + 1;
      } else if (kind != Kind.BLANK) {
        break;
      }
    }
    return end;
  }

  private static Optional<Integer> first(List<Line> lines, Predicate<Line> wanted) {
    for (var i = 0; i < lines.size(); i++) {
      if (wanted.test(lines.get(i))) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static String terminated(String text, String end) {
    return text.isEmpty() || text.endsWith("\n") || text.endsWith("\r") ? text : text + end;
  }

  private static String text(List<Line> lines) {
    return lines.stream().map(Line::text).collect(joining());
  }
}
