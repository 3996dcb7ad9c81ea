package dev.kleos.iam.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Optional;

/// What a person types, a line an answer.
final class Answers {
  private final BufferedReader in;

  Answers(InputStream in) {
    this.in = new BufferedReader(new InputStreamReader(in, UTF_8));
  }

  /// The next line without the space around it; empty at the end of the input, and where it cannot
  /// be read: no answer is a no.
  Optional<String> next() {
    try {
      return Optional.ofNullable(in.readLine()).map(String::strip);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
