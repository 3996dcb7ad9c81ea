package dev.kleos.iam.report;

/// How a piece of text looks where colours are on. It never says anything that the text does not.
public enum Style {
  PLAIN(""),
  BOLD("1"),
  DIM("2"),
  ADDED("32"),
  CHANGED("33"),
  REMOVED("31"),
  ALARM("1;31");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  String wrap(String text) {
    return code.isEmpty() || text.isBlank() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
