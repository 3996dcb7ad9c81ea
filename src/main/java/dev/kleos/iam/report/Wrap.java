package dev.kleos.iam.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Breaks a line that is too long for a terminal, between words. What is to be copied stays whole:
/// a command of a shell is never broken, however long it is; the terminal then breaks it by itself,
/// and still copies it as one line.
///
/// A command stands at the beginning of a line or after a colon, and goes to the end of the line,
/// or to a word that ends in a semicolon or a full stop, or to a bracket.
public final class Wrap {
  /// Terminals that are narrower get the lines as they are: broken by words, most would be one word
  /// long.
  private static final int NARROWEST = 40;

  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:^ *|: )((?:# at Google: )?(?:[A-Z][A-Z0-9_]*=\\S+ )*"
              + "(?:kleos-iam|gcloud|curl|export|unset) "
              + "(?:'[^']*'|\"[^\"]*\"|[^'\";.(]|[;.](?! |$)|(?<! )\\()++)");

  private Wrap() {}

  /// A part of a text, by its characters.
  record Part(int from, int to) {}

  /// The lines of a text, those after the first with as many spaces before them.
  public static List<String> lines(String text, int width, int hanging) {
    var lines = new ArrayList<String>();
    for (var part : parts(text, List.of(), width, hanging)) {
      var indent = lines.isEmpty() ? "" : " ".repeat(hanging);
      lines.add(indent + text.substring(part.from(), part.to()));
    }
    return lines;
  }

  /// The same by place.
  ///
  /// @param cells what is better not broken either, if it fits a line; the spaces at its end do not
  ///   count
  /// @param width in characters; 0 where it is not known, and nothing is broken
  static List<Part> parts(String text, List<Part> cells, int width, int hanging) {
    if (width < NARROWEST || count(text, 0, text.length()) <= width) {
      return List.of(new Part(0, text.length()));
    }
    var parts = new ArrayList<Part>();
    var start = 0;
    var end = 0;
    for (var atom : atoms(text, cells, width - hanging)) {
      var room = width - (parts.isEmpty() ? 0 : hanging);
      if (end > start
          && count(text, start, atom.to()) > room
          && !isIndent(text, start, atom)
          && !text.startsWith("::", atom.from())) { // which orders something at the start of a line
        parts.add(new Part(start, end));
        start = atom.from();
      }
      end = atom.to();
    }
    parts.add(new Part(start, end));
    return parts;
  }

  /// What is not broken, each without spaces around it.
  private static List<Part> atoms(String text, List<Part> cells, int room) {
    var atoms = new ArrayList<Part>();
    var whole = new ArrayList<>(commands(text));
    for (var cell : cells) {
      var trimmed = trimmed(text, cell);
      var isApart = whole.stream().allMatch(it -> it.to() <= cell.from() || it.from() >= cell.to());
      if (trimmed.to() > trimmed.from()
          && isApart
          && count(text, trimmed.from(), trimmed.to()) <= room) {
        whole.add(trimmed);
      }
    }
    var at = 0;
    while (at < text.length()) {
      var from = at;
      if (text.charAt(at) == ' ') {
        at++;
        continue;
      }
      at =
          whole.stream()
              .filter(it -> it.from() == from)
              .mapToInt(it -> wordEnd(text, it.to())) // with the full stop behind it
              .findFirst()
              .orElseGet(() -> wordEnd(text, from));
      atoms.add(new Part(from, at));
    }
    return atoms;
  }

  private static List<Part> commands(String text) {
    var commands = new ArrayList<Part>();
    var matcher = COMMAND.matcher(text);
    while (matcher.find()) {
      commands.add(trimmed(text, new Part(matcher.start(1), matcher.end(1))));
    }
    return commands;
  }

  private static Part trimmed(String text, Part part) {
    var from = part.from();
    var to = part.to();
    while (to > from && text.charAt(to - 1) == ' ') {
      to--;
    }
    while (from < to && text.charAt(from) == ' ') {
      from++;
    }
    return new Part(from, to);
  }

  private static int wordEnd(String text, int from) {
    var end = text.indexOf(' ', from);
    return end < 0 ? text.length() : end;
  }

  /// Whether nothing but spaces stands before, so that a line of its own would gain nothing.
  private static boolean isIndent(String text, int start, Part atom) {
    return text.substring(start, atom.from()).isBlank();
  }

  private static int count(String text, int from, int to) {
    return text.codePointCount(from, to);
  }
}
