package dev.kleos.iam.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kleos.iam.planfile.PlanUsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/// The address of a call: a service's own, and a path below it that a person typed. Whatever that
/// says, the call goes to the service's host and below its path, because a token goes with it.
public final class ServiceAddress {
  private static final Pattern WEB = Pattern.compile("(?i)https?:.*");
  private static final Pattern LOOPBACK = Pattern.compile("127\\.0\\.0\\.1|localhost|\\[::1]");

  /// A segment that is not a name but a way up, also where it is encoded.
  private static final Pattern DOTS = Pattern.compile("(?i)(?:\\.|%2e){1,2}");

  /// An encoded character that is one already.
  private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");

  /// What stands in a path or a query as it is. Source: RFC 3986, `pchar`.
  private static final String PLAIN = "-._~!$&'()*+,;=:@/?";

  private static final int LAST_PORT = 65_535;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private ServiceAddress() {}

  /// Whether a text is an address rather than a service's name.
  public static boolean isOne(String text) {
    return WEB.matcher(text).matches();
  }

  /// An address as a person or Google names it, spelled the way that Google and an emulator spell
  /// it: a token is for one spelling alone.
  ///
  /// @throws PlanUsageException where no call can go there
  public static URI checked(String text) {
    var url = parsed(text);
    var host = url.getHost();
    if (host == null || url.getRawUserInfo() != null || !isOne(text)) {
      throw unusable(text, "write it as https://HOST");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw unusable(text, "what begins with ? goes into PATH");
    }
    var scheme = url.getScheme().toLowerCase(Locale.ROOT);
    var name = host.toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !LOOPBACK.matcher(name).matches()) {
      throw unusable(text, "a token goes over https alone");
    }
    if (url.getPort() == 0 || url.getPort() > LAST_PORT) {
      throw unusable(text, "its port is not one from 1 to " + LAST_PORT);
    }
    for (var segment : url.getRawPath().split("/", -1)) {
      if (DOTS.matcher(segment).matches()) {
        throw unusable(text, "take the dots out of its path");
      }
    }
    var port = url.getPort() == usualPort(scheme) || url.getPort() < 0 ? "" : ":" + url.getPort();
    return parsed(scheme + "://" + listening(scheme, name) + port + url.getRawPath());
  }

  /// What a token for an address names: the host with its scheme, whatever the path, since that is
  /// how Cloud Run's own addresses are. On this machine, where an emulator's services share a host,
  /// the whole address.
  public static String audience(URI url) {
    var origin = url.getScheme() + "://" + url.getRawAuthority();
    return LOOPBACK.matcher(url.getHost()).matches()
        ? (origin + url.getRawPath()).replaceFirst("/+$", "")
        : origin;
  }

  /// The address of a call.
  ///
  /// @param service where the service is
  /// @param path with or without a slash before it; may have a query; empty for the service itself
  /// @throws PlanUsageException where it is none below the service
  public static URI join(String service, String path) {
    var base = checked(service);
    check(path);
    if (path.isEmpty()) {
      return base.getRawPath().isEmpty() ? parsed(base + "/") : base;
    }
    var stem = base.toString().replaceFirst("/$", "");
    return parsed(stem + (path.startsWith("/") || path.startsWith("?") ? "" : "/") + encoded(path));
  }

  /// Makes sure that a path can be one of any service.
  ///
  /// @throws PlanUsageException where it cannot
  public static void check(String path) {
    if (isOne(path)) {
      throw new PlanUsageException(
          "PATH is below the service; an address is named in place of the service");
    }
    if (path.indexOf('#') >= 0) {
      throw new PlanUsageException(
          "PATH has a #, and what is behind one is never sent; for the character itself write %23");
    }
    var query = path.indexOf('?');
    for (var segment : path.substring(0, query < 0 ? path.length() : query).split("[/\\\\]", -1)) {
      if (DOTS.matcher(segment).matches()) {
        throw new PlanUsageException(
            "PATH has a segment \"" + segment + "\", which may lead out of the service");
      }
    }
    if (path.codePoints().anyMatch(Character::isISOControl)) {
      throw new PlanUsageException("PATH has a control character; write it as %0A and the like");
    }
  }

  private static int usualPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  /// In the clear a token goes to an emulator alone, which listens on 127.0.0.1 alone, so that
  /// every spelling of this machine means that.
  private static String listening(String scheme, String host) {
    return scheme.equals("http") ? "127.0.0.1" : host;
  }

  private static String encoded(String path) {
    var encoded = new StringBuilder();
    for (var i = 0; i < path.length(); i = path.offsetByCodePoints(i, 1)) {
      var point = path.codePointAt(i);
      var isPlain = point < 0x80 && (Character.isLetterOrDigit(point) || PLAIN.indexOf(point) >= 0);
      if (isPlain || ENCODED.matcher(path).region(i, Math.min(i + 3, path.length())).matches()) {
        encoded.appendCodePoint(point);
      } else {
        for (var one : Character.toString(point).getBytes(UTF_8)) {
          encoded.append('%').append(HEX.toHexDigits(one));
        }
      }
    }
    return encoded.toString();
  }

  private static URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw unusable(text, "write it as https://HOST");
    }
  }

  /// Without what may be a password or a token.
  private static String withoutSecrets(String text) {
    return text.replaceFirst("://[^/?#]*@", "://…@").replaceFirst("([?#]).*", "$1…");
  }

  private static PlanUsageException unusable(String text, String why) {
    return new PlanUsageException(
        "\"" + withoutSecrets(text) + "\" is no address of a service: " + why);
  }
}
