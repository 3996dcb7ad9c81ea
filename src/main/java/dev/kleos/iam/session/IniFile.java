package dev.kleos.iam.session;

import dev.kleos.iam.session.IniLines.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The values of what gcloud writes its configurations as: `[section]`, `name = value` or `name:
/// value`, values that go on in indented lines, and `%%` for a percent sign. What the section
/// `DEFAULT` says holds in every section that is there, unless that says otherwise. What is none of
/// that is passed over.
final class IniFile {
  private static final String DEFAULT = "DEFAULT";

  private final Map<String, StringBuilder> values = new HashMap<>();
  private final Set<String> sections = new HashSet<>();

  static IniFile parse(String text) {
    var ini = new IniFile();
    for (var line : IniLines.of(text).lines()) {
      var property = line.section() + "/" + line.name();
      if (line.kind() == Kind.HEADING) {
        ini.sections.add(line.section());
      } else if (line.kind() == Kind.OPTION) {
        ini.values.put(property, new StringBuilder(line.value()));
      } else if (line.kind() == Kind.CONTINUATION) {
        ini.values
            .computeIfAbsent(property, _ -> new StringBuilder())
            .append('\n')
            .append(line.value());
      }
    }
    return ini;
  }

  private IniFile() {}

  /// A value that is not empty.
  ///
  /// @param property such as `core/account`
  Optional<String> get(String property) {
    var section = property.substring(0, property.indexOf('/'));
    var own = values.get(property);
    var value =
        own == null && sections.contains(section)
            ? values.get(DEFAULT + property.substring(section.length()))
            : own;
    return Optional.ofNullable(value)
        .map(it -> it.toString().replace("%%", "%").strip())
        .filter(it -> !it.isEmpty());
  }
}
