package dev.kleos.iam.google;

import dev.kleos.iam.cloud.CloudException;
import dev.kleos.iam.model.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/// Who was asked for a token answered as Google never does, in what is no refusal either. Told in
/// words of our own, and of what was answered no more than a host. It is no `IOException`, since
/// for some credentials the library would ask again and again for seconds after one.
final class WrongAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9._-]{1,253}");
  private static final Pattern OF_GOOGLE =
      Pattern.compile("(?i)(?:.+\\.googleapis|accounts\\.google)\\.com");

  /// That the token is had elsewhere. Whoever is there would get what proves who calls.
  ///
  /// @param from the host that was asked
  /// @param target where it leads, as it was answered
  static WrongAnswer redirection(String from, String target) {
    return new WrongAnswer(
        from, "answers with a redirection to " + host(target) + "; nothing was sent there.");
  }

  /// More than any token takes.
  static WrongAnswer tooLong(String from) {
    return new WrongAnswer(from, "answers with more than is read of any answer.");
  }

  /// Something else than HTTP.
  static WrongAnswer noHttp(String from) {
    return new WrongAnswer(from, "answers with what is no HTTP.");
  }

  private WrongAnswer(String from, String what) {
    super(
        (OF_GOOGLE.matcher(from).matches()
                ? "Google's token endpoint "
                : "The source of tokens at " + from + " ")
            + what);
  }

  /// What to tell of it.
  CloudException told(Call call) {
    return new CloudException.Unavailable(
        Failure.of(
            "UNAVAILABLE",
            call.resource().name(),
            String.valueOf(getMessage()),
            "Ask whoever runs what is in between, such as a proxy that opens TLS or a network that"
                + " wants a login."));
  }

  private static String host(String target) {
    try {
      var url = new URI(target);
      var host = url.getHost();
      if (host != null && url.getScheme() != null && SHOWN.matcher(host).matches()) {
        return url.getScheme() + "://" + host;
      }
      return url.getRawAuthority() == null && !url.isOpaque()
          ? "another path of its own"
          : "an odd address";
    } catch (URISyntaxException e) {
      return "an odd address";
    }
  }
}
