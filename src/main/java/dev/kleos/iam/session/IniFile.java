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
  private static final Pattern SEPARATOR = Pattern.compile("[=:]");

  private final Map<String, StringBuilder> values = new HashMap<>();

  static IniFile parse(List<String> lines) {
    var ini = new IniFile();
    var section = "";
    var last = "";
    for (var raw : lines) {
      var line = raw.strip();
      var separator = SEPARATOR.matcher(line);
      var heading = SECTION.matcher(raw);
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      var before = ini.values.get(last);
      if (Character.isWhitespace(raw.charAt(0)) && before != null) {
        before.append('\n').append(line);
      } else if (heading.matches()) {
        section = heading.group(1);
        last = "";
      } else if (separator.find() && separator.start() > 0) {
        var name = line.substring(0, separator.start()).strip();
        last = section + "/" + name.toLowerCase(Locale.ROOT);
        ini.values.put(last, new StringBuilder(line.substring(separator.end()).strip()));
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
        .map(value -> value.toString().replace("%%", "%").strip())
        .filter(value -> !value.isEmpty());
  }
}
