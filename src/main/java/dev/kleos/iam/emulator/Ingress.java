package dev.kleos.iam.emulator;

import java.util.Optional;
import java.util.stream.Stream;

/// From where a Cloud Run service takes requests (**documented**).
enum Ingress {
  ALL("all"),
  INTERNAL("internal"),
  INTERNAL_AND_LOAD_BALANCING("internal-and-cloud-load-balancing");

  /// The word for it in Knative's annotation and in the world file.
  final String word;

  Ingress(String word) {
    this.word = word;
  }

  static Optional<Ingress> of(String word) {
    return Stream.of(values()).filter(ingress -> ingress.word.equals(word)).findFirst();
  }
}
