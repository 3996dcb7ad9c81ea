package dev.kleos.iam.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A text in the syntax of Python's `configparser`, line by line: gcloud reads its configurations
/// by that. Whether a line is one of its own depends on the indentation of the one before: what is
/// indented deeper goes on with the value, even if it looks like a heading. Source: `configparser`
/// itself, and what the real gcloud makes of such files.
record IniLines(List<Line> lines) {
  private static final Pattern TERMINATED = Pattern.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+");
  private static final Pattern HEADING = Pattern.compile("\\[(.+)].*");
  private static final Pattern SEPARATOR = Pattern.compile("[=:]");

  /// What a line is.
  enum Kind {
    /// Nothing, or a comment.
    BLANK,
    HEADING,
    OPTION,
    /// What goes on with the value of the option before.
    CONTINUATION,
    /// Nothing that gcloud could read.
    OTHER
  }

  /// A line of the text.
  ///
  /// @param text all of it, with its end
  /// @param section the section where it stands, or which it begins; empty before the first
  /// @param name of the option in lower case; empty where it is none
  /// @param value of the option as far as it is on this line
  record Line(String text, Kind kind, String section, String name, String value) {
    /// What stands before its first character.
    String indentation() {
      return text.substring(0, IniLines.indentation(text));
    }

    boolean is(Kind one, String itsSection) {
      return kind == one && section.equals(itsSection);
    }

    boolean isOption(String itsSection, String itsName) {
      return is(Kind.OPTION, itsSection) && name.equals(itsName);
    }
  }

  static IniLines of(String text) {
    var lines = new ArrayList<Line>();
    var section = "";
    var name = "";
    var indent = 0;
    for (var found : TERMINATED.matcher(text).results().toList()) {
      var all = found.group();
      var content = strip(all);
      var heading = HEADING.matcher(content);
      var separator = SEPARATOR.matcher(content);
      var own = indentation(all);
      if (content.isEmpty() || content.startsWith("#") || content.startsWith(";")) {
        lines.add(new Line(all, Kind.BLANK, section, "", ""));
        continue;
      }
      if (!name.isEmpty() && own > indent) {
        lines.add(new Line(all, Kind.CONTINUATION, section, name, content));
        continue;
      }
      indent = own;
      if (heading.matches()) {
        section = heading.group(1);
        name = "";
        lines.add(new Line(all, Kind.HEADING, section, "", ""));
      } else if (separator.find() && separator.start() > 0) {
        name = strip(content.substring(0, separator.start())).toLowerCase(Locale.ROOT);
        var value = strip(content.substring(separator.end()));
        lines.add(new Line(all, Kind.OPTION, section, name, value));
      } else {
        lines.add(new Line(all, Kind.OTHER, section, "", ""));
      }
    }
    return new IniLines(lines);
  }

  /// How many lines of a kind begin such a thing.
  long headings(String section) {
    return lines.stream().filter(line -> line.is(Kind.HEADING, section)).count();
  }

  long options(String section, String name) {
    return lines.stream().filter(line -> line.isOption(section, name)).count();
  }

  private static int indentation(String line) {
    var indent = 0;
    while (indent < line.length() && isSpace(line.charAt(indent))) {
      indent++;
    }
    return indent;
  }

  /// Without what Python takes for space at both ends, which is more than Java does.
  static String strip(String text) {
    var end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    var begin = Math.min(indentation(text), end);
    return text.substring(begin, end);
  }

  private static boolean isSpace(char one) {
    return Character.isWhitespace(one) || Character.isSpaceChar(one) || one == '\u0085';
  }
}
