package dev.kleos.iam.session;

import dev.kleos.iam.session.HttpProxy.Login;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Through which proxy Google is reached: that of `https_proxy` and its like; where none is set,
/// that of gcloud. Only connections under TLS go through it. This machine is never reached by it.
public final class ProxySettings {
  /// Those that count, the first that is not empty.
  private static final List<String> VARIABLES =
      List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");

  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)");
  private static final Pattern PLACE =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]{1,253}):(\\d{1,5})/?");
  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]");

  private final Optional<HttpProxy> proxy;
  private final NoProxy exceptions;

  private ProxySettings(Optional<HttpProxy> proxy, NoProxy exceptions) {
    this.proxy = proxy;
    this.exceptions = exceptions;
  }

  /// What variables and gcloud say.
  ///
  /// @throws BrokenSettingException where they name what is no HTTP proxy
  public static ProxySettings of(Map<String, String> env, GcloudSettings gcloud) {
    var exceptions = new NoProxy(first(env, List.of("no_proxy", "NO_PROXY")).orElse(""));
    if (exceptions.isEverything()) {
      return new ProxySettings(Optional.empty(), exceptions);
    }
    var variable = variable(env);
    return new ProxySettings(
        variable.isPresent()
            ? Optional.of(parse(variable.get(), env.getOrDefault(variable.get(), "").strip()))
            : ofGcloud(gcloud),
        exceptions);
  }

  /// The variable that counts; empty where none is set.
  public static Optional<String> variable(Map<String, String> env) {
    return VARIABLES.stream()
        .filter(variable -> !env.getOrDefault(variable, "").isBlank())
        .findFirst();
  }

  /// The proxy, if there is any.
  public Optional<HttpProxy> proxy() {
    return proxy;
  }

  /// The proxy that a place is reached through; empty where it is reached without.
  ///
  /// @param host a name or an address
  public Optional<HttpProxy> proxyFor(String host, int port) {
    return proxy.filter(_ -> !THIS_MACHINE.matcher(host).matches() && !exceptions.has(host, port));
  }

  private static Optional<String> first(Map<String, String> env, List<String> variables) {
    return variables.stream()
        .map(variable -> env.getOrDefault(variable, ""))
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  private static HttpProxy parse(String variable, String value) {
    var scheme = SCHEME.matcher(value);
    var rest = scheme.matches() ? scheme.group(2) : value;
    if (scheme.matches() && !scheme.group(1).equalsIgnoreCase("http")) {
      throw broken(variable, "names another kind of proxy than HTTP's");
    }
    var at = rest.lastIndexOf('@');
    var place = PLACE.matcher(rest.substring(at + 1));
    if (!place.matches() || port(place.group(2)) == 0) {
      throw broken(variable, "is no host and port of a proxy");
    }
    return new HttpProxy(
        place.group(1).replaceAll("[\\[\\]]", ""),
        port(place.group(2)),
        at < 0 ? Optional.empty() : Optional.of(login(rest.substring(0, at))),
        variable);
  }

  private static Login login(String text) {
    var colon = text.indexOf(':');
    return colon < 0
        ? new Login(decoded(text), "")
        : new Login(decoded(text.substring(0, colon)), decoded(text.substring(colon + 1)));
  }

  /// A percent sign that begins nothing stands for itself.
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static int port(String digits) {
    var port = Integer.parseInt(digits);
    return port <= 65_535 ? port : 0;
  }

  /// **Documented**: gcloud has a proxy where type, address and port are set, all three.
  private static Optional<HttpProxy> ofGcloud(GcloudSettings gcloud) {
    var type = gcloud.proxy("type");
    var address = gcloud.proxy("address");
    var port = gcloud.proxy("port");
    if (type.isEmpty() || address.isEmpty() || port.isEmpty()) {
      return Optional.empty();
    }
    var origin = "gcloud's proxy/address by " + address.get().origin();
    if (!type.get().value().equals("http")) {
      throw broken("gcloud's proxy/type", "names another kind of proxy than HTTP's");
    }
    var place = PLACE.matcher(address.get().value() + ":" + port.get().value());
    if (!place.matches() || port(place.group(2)) == 0) {
      throw broken("gcloud's proxy/address", "and proxy/port are no host and port of a proxy");
    }
    var password = gcloud.proxy("password").map(Setting::value).orElse("");
    return Optional.of(
        new HttpProxy(
            place.group(1).replaceAll("[\\[\\]]", ""),
            port(place.group(2)),
            gcloud.proxy("username").map(user -> new Login(user.value(), password)),
            origin));
  }

  private static BrokenSettingException broken(String what, String why) {
    return new BrokenSettingException(
        what + " " + why + ".",
        "Write https_proxy=http://HOST:PORT, or http://USER:PASSWORD@HOST:PORT, or leave the proxy"
            + " out with no_proxy='*'.");
  }
}
