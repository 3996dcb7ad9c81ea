package dev.kleos.iam.script;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A file in Debian's format of copyrights
/// (https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/).
///
/// @param paragraphs those of files
/// @param licences the texts by name
/// @param lines all of the file, without the spaces around them
record Copyright(List<Paragraph> paragraphs, Map<String, String> licences, List<String> lines) {
  private static final Pattern FIELD = Pattern.compile("(?m)^([\\w-]+):((?:.*\n?)(?: .*\n?)*)");

  /// Whose some files are, and what holds for them.
  ///
  /// @param licence its name, as it is written
  /// @param files fits the paths of all of them
  record Paragraph(List<String> libraries, String licence, Pattern files) {
    private static Paragraph of(Map<String, String> fields) {
      var patterns = new ArrayList<String>();
      for (var glob : words(fields.getOrDefault("Files", ""))) {
        patterns.add(Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(joining(".*")));
      }
      return new Paragraph(
          words(fields.getOrDefault("Libraries", "")),
          fields.getOrDefault("License", "").strip(),
          Pattern.compile(String.join("|", patterns)));
    }

    /// Without what tells apart texts of one licence that name different people.
    String identifier() {
      return licence.replaceFirst("~.*", "");
    }

    private static List<String> words(String value) {
      return value.isBlank() ? List.of() : List.of(value.strip().split("\\s+", -1));
    }
  }

  static Copyright parse(String content) {
    var paragraphs = new ArrayList<Paragraph>();
    var licences = new TreeMap<String, String>();
    for (var text : content.split("\n\n", -1)) {
      var fields = new LinkedHashMap<String, String>();
      FIELD.matcher(text).results().forEach(field -> fields.put(field.group(1), field.group(2)));
      var licence = fields.getOrDefault("License", "").strip().split("\n", 2);
      if (fields.containsKey("Files")) {
        paragraphs.add(Paragraph.of(fields));
      } else if (licence.length == 2) {
        licences.put(licence[0], licence[1]);
      }
    }
    return new Copyright(paragraphs, licences, content.lines().map(String::strip).toList());
  }

  /// The last one that fits.
  Paragraph of(String file) {
    return paragraphs.reversed().stream()
        .filter(each -> each.files.matcher(file).matches())
        .findFirst()
        .orElseThrow();
  }
}
