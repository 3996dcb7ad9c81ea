package dev.kleos.iam.emulator;

import java.util.Optional;

/// A resource's name, taken apart. The project is an id, a number, or `-` for an account whose
/// project is not said.
sealed interface ResourceName {

  record OfProject(String project) implements ResourceName {}

  /// A region's services; the parent in a list.
  record OfLocation(String project, String location) implements ResourceName {}

  record OfService(String project, String location, String service) implements ResourceName {}

  /// A service account, by e-mail or unique id.
  record OfAccount(String project, String account) implements ResourceName {}

  /// Empty when it is the name of nothing that we know.
  static Optional<ResourceName> parse(String name) {
    var parts = name.split("/", -1);
    for (var part : parts) {
      if (part.isEmpty()) {
        return Optional.empty();
      }
    }
    if (parts.length < 2 || !parts[0].equals("projects")) {
      return Optional.empty();
    }
    return switch (parts.length) {
      case 2 -> Optional.of(new OfProject(parts[1]));
      case 4 -> ofFour(parts);
      case 6 -> ofSix(parts);
      default -> Optional.empty();
    };
  }

  /// Whether a text can be one part of a name.
  static boolean isSegment(String text) {
    return !text.isBlank() && !text.contains("/") && !text.equals("-");
  }

  /// The text, which has to be one.
  ///
  /// @throws IllegalArgumentException where it is none
  static String segment(String text) {
    if (!isSegment(text)) {
      throw new IllegalArgumentException("not a part of a resource's name: '" + text + "'");
    }
    return text;
  }

  private static Optional<ResourceName> ofFour(String[] parts) {
    return switch (parts[2]) {
      case "serviceAccounts" -> Optional.of(new OfAccount(parts[1], parts[3]));
      case "locations" -> Optional.of(new OfLocation(parts[1], parts[3]));
      default -> Optional.empty();
    };
  }

  private static Optional<ResourceName> ofSix(String[] parts) {
    return parts[2].equals("locations") && parts[4].equals("services")
        ? Optional.of(new OfService(parts[1], parts[3], parts[5]))
        : Optional.empty();
  }
}
