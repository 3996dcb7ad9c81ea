package dev.kleos.iam.session;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What gcloud writes its configurations as: the syntax of Python's `configparser`, with
/// `[section]`, `name = value` or `name: value`, comments on lines of their own, values that go on
/// in indented lines, and `%%` for a percent sign. What is none of that is passed over.
final class IniFile {
  private static final Pattern SECTION = Pattern.compile("\\[([^\\]]+)].*");
  private static final Pattern ENTRY = Pattern.compile("([^=:]+?)\\s*[=:]\\s*(.*)");

  private final Map<String, String> values = new HashMap<>();

  static IniFile parse(List<String> lines) {
    var ini = new IniFile();
    var section = "";
    var last = "";
    for (var raw : lines) {
      var line = raw.strip();
      var entry = ENTRY.matcher(line);
      var heading = SECTION.matcher(raw);
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      if (Character.isWhitespace(raw.charAt(0)) && !last.isEmpty()) {
        ini.values.merge(last, line, (before, more) -> before + "\n" + more);
      } else if (heading.matches()) {
        section = heading.group(1);
        last = "";
      } else if (entry.matches()) {
        last = section + "/" + entry.group(1).toLowerCase(Locale.ROOT);
        ini.values.put(last, entry.group(2));
      }
    }
    return ini;
  }

  private IniFile() {}

  /// A value that is not empty.
  ///
  /// @param property such as `core/account`
  Optional<String> get(String property) {
    return Optional.ofNullable(values.get(property))
        .map(value -> value.replace("%%", "%").strip())
        .filter(value -> !value.isEmpty());
  }
}
