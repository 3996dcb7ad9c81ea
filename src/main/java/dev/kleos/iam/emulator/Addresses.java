package dev.kleos.iam.emulator;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the services of a world are called.
///
/// A server publishes them all below one address, `http://127.0.0.1:PORT/run/PROJECT/REGION/NAME`:
/// that takes no port of its own for each, no name to be looked up, and stays the same after a
/// restart on the same port. Google's own two forms stay valid audiences beside it. Without a
/// server there are only those.
final class Addresses {
  /// What the paths of published services begin with.
  static final String ROOT = "run";

  private volatile @Nullable URI base;

  /// From now on services can be called below this address.
  ///
  /// @param newBase without a path, such as `http://127.0.0.1:8085`; null for Google's own
  ///   addresses alone
  void publishedAt(@Nullable URI newBase) {
    this.base = newBase;
  }

  /// Where the emulator is published; empty where it is not.
  Optional<URI> base() {
    return Optional.ofNullable(base);
  }

  /// Every address of a service, the one to be called first. Both of Google's forms are
  /// **documented**: the one by hash and the one by project number. Which of them is called first,
  /// and the letters of the former, are **assumed**.
  List<String> of(Service service, Project project) {
    return Stream.concat(
            published(service).stream(),
            Stream.of(byHash(service, project), byNumber(service, project)))
        .toList();
  }

  private Optional<String> published(Service service) {
    return base()
        .map(at ->
            String.join(
                "/", at.toString(), ROOT, service.project(), service.region(), service.name()));
  }

  private static String byHash(Service service, Project project) {
    var hash = Ids.hex(project.number() + "/" + service.region()).substring(0, 10);
    var code = regionCode(service.region());
    return "https://" + service.name() + "-" + hash + "-" + code + ".a.run.app";
  }

  private static String byNumber(Service service, Project project) {
    return "https://"
        + service.name()
        + "-"
        + project.number()
        + "."
        + service.region()
        + ".run.app";
  }

  /// The first letters of a region's two words, as in `uc` for `us-central1`.
  private static String regionCode(String region) {
    var words = region.split("-", 3);
    var code = new StringBuilder();
    for (var i = 0; i < Math.min(words.length, 2); i++) {
      code.append(words[i], 0, Math.min(words[i].length(), 1));
    }
    return code.toString();
  }
}
