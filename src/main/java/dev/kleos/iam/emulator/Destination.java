package dev.kleos.iam.emulator;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The service that a URL leads to.
///
/// @param addresses all of the service's
/// @param path what the service sees of the URL, at least `/`
/// @param query with its question mark; empty where there is none
record Destination(Service service, List<String> addresses, String path, String query) {
  /// What the hosts of Google's own addresses end in.
  private static final String DOMAIN = ".run.app";

  private static final int PARTS = 6; // nothing, the root, project, region, name, and the rest

  /// Whether a URL can be the address of a service: it has Google's host, or the root's path.
  static boolean isAddress(URI url) {
    return isHost(url) || path(url).matches("/" + Addresses.ROOT + "(/.*)?");
  }

  /// Used under the world's lock. A path is never tidied up: `..` is a name like any other.
  static Optional<Destination> of(URI url, World world, Addresses addresses) {
    return isHost(url) ? byHost(url, world, addresses) : byPath(url, world, addresses);
  }

  private static Optional<Destination> byHost(URI url, World world, Addresses addresses) {
    var address = "https://" + host(url);
    return world.services.rows().values().stream()
        .flatMap(service -> of(service, path(url), url, world, addresses).stream())
        .filter(found -> found.addresses().contains(address))
        .findFirst();
  }

  private static Optional<Destination> byPath(URI url, World world, Addresses addresses) {
    var parts = path(url).split("/", PARTS);
    if (parts.length < PARTS - 1 || !parts[1].equals(Addresses.ROOT)) {
      return Optional.empty();
    }
    var path = parts.length < PARTS ? "/" : "/" + parts[PARTS - 1];
    var asked = new Service(decoded(parts[2]), decoded(parts[3]), decoded(parts[4]));
    return world
        .services
        .get(asked.key())
        .filter(service -> service.name().equals(asked.name()))
        .flatMap(service -> of(service, path, url, world, addresses));
  }

  private static Optional<Destination> of(
      Service service, String path, URI url, World world, Addresses addresses) {
    var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return world
        .projects
        .find(service.project())
        .map(project ->
            new Destination(
                service, addresses.of(service, project), path.isEmpty() ? "/" : path, query));
  }

  private static boolean isHost(URI url) {
    return host(url).endsWith(DOMAIN);
  }

  private static String host(URI url) {
    return url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
  }

  private static String path(URI url) {
    return url.getRawPath() == null ? "" : url.getRawPath();
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
