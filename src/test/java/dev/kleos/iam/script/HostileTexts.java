package dev.kleos.iam.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What somebody who may name things could write to harm whoever reads of them: 50 texts, each with
/// a name.
final class HostileTexts {
  static final int MEBIBYTE = 1 << 20;

  private static final Pattern NUMBER = Pattern.compile("-(\\d\\d)(?:@.*)?$");
  private static final Map<String, String> BY_NAME = new LinkedHashMap<>();

  static {
    terminals();
    controls();
    directions();
    invisible();
    runners();
    markup();
    sizes();
  }

  private static final List<String> ALL = List.copyOf(BY_NAME.values());
  private static final String SOME =
      "::error::x\n##vso[a.b]```\u001b[31m\u202ex\n" + "a".repeat(MEBIBYTE);

  private HostileTexts() {}

  static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  static List<String> all() {
    return ALL;
  }

  /// The text for a resource with a number in its name, such as `a-07@example.com`; for another one
  /// a few of them in one.
  static String of(String resource) {
    var number = NUMBER.matcher(resource);
    return number.find() ? ALL.get(Integer.parseInt(number.group(1))) : SOME;
  }

  private static void terminals() {
    add("clears the screen", "\u001b[2J\u001b[Hroot");
    add("colours", "\u001b[31mred\u001b[0m");
    add("goes up and erases", "\u001b[1A\u001b[2Kgone");
    add("sets the title", "\u001b]0;pwned\u0007");
    add("is a link", "\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\");
    add("fills the clipboard", "\u001b]52;c;cm0gLXJm\u0007");
    add("asks the terminal", "\u001bP$q\"p\u001b\\");
    add("starts a sequence in one byte", "\u009b31mred");
    add("sets the title in one byte", "\u009d0;pwned\u009c");
  }

  private static void controls() {
    add("backspaces", "root\b\b\b\bnobody");
    add("returns the carriage", "evil@example.com\rgood@example.com");
    add("breaks the line", "one\ntwo");
    add("breaks it as Windows does", "one\r\n  two");
    add("feeds the form", "one\ftwo");
    add("tabs", "\tone\ttwo");
    add("is null", "one\0two");
    add("rings", "ring\u0007");
    add("deletes", "one\u007ftwo");
    add("shifts out", "one\u000etwo");
    add("goes to the next line", "one\u0085two");
    add("separates lines", "one\u2028two");
    add("separates paragraphs", "one\u2029two");
  }

  private static void directions() {
    add("overrides the direction", "user:\u202emoc.elpmaxe@dlog");
    add("isolates", "user:\u2066alice\u2069@example.com");
    add("embeds", "user:\u202balice\u202c@example.com");
    add("marks Arabic", "user:\u061calice@example.com");
    add("marks left to right", "user:\u200ealice@example.com");
  }

  private static void invisible() {
    add("has no width", "user:al\u200bice@example.com");
    add("joins", "user:al\u200dice@example.com");
    add("marks the byte order", "\ufeffuser:alice@example.com");
    add("hyphenates softly", "user:al\u00adice@example.com");
    add("tags", "user:alice\udb40\udc41\udb40\udc42@example.com");
    add("fills with Hangul", "user:al\u3164ice@example.com");
    add("is blank Braille", "user:al\u2800ice@example.com");
    add("selects a variation", "user:al\ufe0fice@example.com");
    add("is half a character", "user:al\ud800ice@example.com");
    add("is for private use", "user:al\ue000ice@example.com");
  }

  private static void runners() {
    add("is an error of GitHub", "::error file=plan.yaml,line=1::pwned");
    add("is one behind blanks", " \u00a0\u3000::set-output name=approved::true");
    add("is one on its second line", "fine\n::add-mask::a");
    add("is one behind what counts for nothing", "\u180b\u00ad::stop-commands::x");
    add("is an old one of GitHub", "fine ##[set-env name=PATH]/tmp/evil");
    add("is one of Azure", "fine ##vso[task.setvariable variable=approved]true");
    add("is one of TeamCity", "##teamcity[buildStatus status='SUCCESS']");
    add("is a section of GitLab", "\u001b[0Ksection_start:1:x\r\u001b[0Kpwned");
  }

  private static void markup() {
    add("ends a block of Markdown", "```\n# Approved\n```");
    add("ends another", "~~~~\n<img src=x onerror=alert(1)> @everyone [x](javascript:a) | b |");
    add("ends a string of JSON", "\"}], \"errors\": [], \"x\": \"\\u001b\\");
  }

  private static void sizes() {
    add("is a mebibyte", "a".repeat(MEBIBYTE));
    add("is full of escapes", "\u001b[1m".repeat(10_000));
  }

  private static void add(String name, String text) {
    BY_NAME.put(name, text);
  }
}
