package dev.kleos.iam.emulator.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The path of a `google.api.http` rule, such as `/v1/{name=projects/*/serviceAccounts/*}:enable`.
/// The syntax is **documented** in `google/api/http.proto`.
///
/// @param segments `*` for any one segment, `**` for all that follow, else a literal
/// @param variables by field path
/// @param verb what follows the colon; empty where there is none
record PathTemplate(List<String> segments, List<Variable> variables, String verb) {
  private static final Pattern PIECE = Pattern.compile("\\{([^=}]+)(?:=([^}]*))?}|[^/{}]+");

  /// Which of the segments a field gets.
  private record Variable(String field, int from, int to) {}

  static PathTemplate parse(String template) {
    var colon = template.indexOf(':', template.lastIndexOf('}') + 1);
    var path = colon < 0 ? template : template.substring(0, colon);
    var segments = new ArrayList<String>();
    var variables = new ArrayList<Variable>();
    var pieces = PIECE.matcher(path);
    while (pieces.find()) {
      var field = pieces.group(1);
      if (field == null) {
        segments.add(pieces.group());
        continue;
      }
      var pattern = pieces.group(2) == null ? "*" : pieces.group(2);
      var from = segments.size();
      segments.addAll(List.of(pattern.split("/", -1)));
      variables.add(new Variable(field, from, segments.size()));
    }
    return new PathTemplate(
        List.copyOf(segments),
        List.copyOf(variables),
        colon < 0 ? "" : template.substring(colon + 1));
  }

  /// What the variables get from a path, by field path; empty where the path is another one.
  ///
  /// @param path decoded segments, without a verb
  Optional<Map<String, String>> match(List<String> path) {
    var open = !segments.isEmpty() && segments.getLast().equals("**");
    var fixed = open ? segments.size() - 1 : segments.size();
    if (open ? path.size() < fixed : path.size() != fixed) {
      return Optional.empty();
    }
    for (var i = 0; i < fixed; i++) {
      if (path.get(i).isEmpty() || !matches(segments.get(i), path.get(i))) {
        return Optional.empty();
      }
    }
    var values = new HashMap<String, String>();
    for (var variable : variables) {
      var to = open && variable.to() == segments.size() ? path.size() : variable.to();
      values.put(variable.field(), String.join("/", path.subList(variable.from(), to)));
    }
    return Optional.of(values);
  }

  private static boolean matches(String pattern, String segment) {
    return pattern.equals("*") || pattern.equals(segment);
  }
}
