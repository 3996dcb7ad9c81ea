package dev.kleos.iam.planfile;

/// What reading a text came to: a value, or what is wrong with the text and what to write instead.
sealed interface Parsed<T> {
  record Good<T>(T value) implements Parsed<T> {}

  record Bad<T>(ProblemCode code, String message) implements Parsed<T> {}
}
