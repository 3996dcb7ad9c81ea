package dev.kleos.iam.emulator;

import com.google.common.html.HtmlEscapers;
import java.util.LinkedHashMap;
import java.util.Map;

/// The pages with which Google's front end answers in place of a service. All but the one for a
/// body that is too large are **recorded**, the header for a token that is not taken included.
final class FrontEndPages {
  private static final Map<String, String> HTML =
      Map.of("Content-Type", "text/html; charset=UTF-8");

  private FrontEndPages() {}

  /// For who may not call the service, or does not say who calls.
  static FrontEndAnswer forbidden(String path) {
    return page(
        403,
        "Forbidden",
        "Your client does not have permission to get URL <code>"
            + escaped(path)
            + "</code> from this server.",
        HTML);
  }

  /// For a token that is not taken, whatever is wrong with it.
  static FrontEndAnswer unauthorized(String path) {
    var headers = new LinkedHashMap<>(HTML);
    headers.put(
        "WWW-Authenticate",
        "Bearer error=\"invalid_token\" error_description=\"The access token could not be verified\"");
    return page(
        401,
        "Unauthorized",
        "Your client does not have permission to the requested URL <code>"
            + escaped(path)
            + "</code>.",
        headers);
  }

  /// For a service that is not there, or does not take requests from outside.
  static FrontEndAnswer notFound() {
    return page(404, "Page not found", "The requested URL was not found on this server.", HTML);
  }

  /// **Documented**: the status; the text is **assumed**.
  static FrontEndAnswer tooLarge() {
    return page(
        413, "Request Entity Too Large", "Your client issued a request that was too large.", HTML);
  }

  private static FrontEndAnswer page(
      int status, String title, String text, Map<String, String> headers) {
    var body =
        """

        <html><head>
        <meta http-equiv="content-type" content="text/html;charset=utf-8">
        <title>%d %s</title>
        </head>
        <body text=#000000 bgcolor=#ffffff>
        <h1>Error: %s</h1>
        <h2>%s</h2>
        <h2></h2>
        </body></html>
        """
            .formatted(status, title, title, text);
    return new FrontEndAnswer(status, headers, body);
  }

  private static String escaped(String path) {
    return HtmlEscapers.htmlEscaper().escape(path);
  }
}
