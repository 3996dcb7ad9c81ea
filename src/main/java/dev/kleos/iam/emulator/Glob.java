package dev.kleos.iam.emulator;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.regex.Pattern;

/// A name in which each `*` stands for any text.
final class Glob {
  private final Pattern pattern;

  Glob(String text) {
    var regex =
        Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(joining(".*", "", ""));
    this.pattern = Pattern.compile(regex, Pattern.DOTALL);
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  /// Whether it means a method.
  ///
  /// @param fullMethod such as `google.iam.admin.v1.IAM/GetRole`
  boolean matchesMethod(String fullMethod) {
    return matches(fullMethod) || matches(fullMethod.substring(fullMethod.indexOf('/') + 1));
  }
}
